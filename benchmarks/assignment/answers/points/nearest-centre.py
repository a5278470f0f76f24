# Answers to nearest-centre of points, for a class as it comes

# %% right: cdist
def nearest_centre(points, centres):
    return torch.cdist(points, centres, compute_mode="donot_use_mm_for_euclid_dist").argmin(dim=1)

# %% right: unsqueeze and norm
def nearest_centre(points, centres):
    return (points.unsqueeze(1) - centres.unsqueeze(0)).norm(dim=-1).argmin(1)

# %% right: noisy, with a progress bar and a picture
from tqdm import tqdm

def nearest_centre(points, centres):
    distances = torch.zeros(len(points), len(centres))
    for column in tqdm(range(len(centres))):
        distances[:, column] = ((points - centres[column]) ** 2).sum(1)
    if len(points) == 200:
        plt.hist(distances.min(dim=1).values.numpy(), bins=20)
        plt.title("distances")
        plt.show()
    return distances.argmin(dim=1)

# %% wrong: farthest -> unnamed cell="nearest-centre-vectorised"
def nearest_centre(points, centres):
    return ((points[:, None] - centres[None]) ** 2).sum(2).argmax(1)

# %% wrong: raises, axes not aligned -> unnamed cell="nearest-centre-vectorised"
def nearest_centre(points, centres):
    return ((points - centres) ** 2).sum(1).argmin()
