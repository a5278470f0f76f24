# Answers to brighten of tensors: a uint8 image made brighter, capped at 255

# %% right: widen, add, clamp, narrow
def brighten(image, amount):
    return (image.int() + amount).clamp(max=255).to(torch.uint8)

# %% right: in floating point
def brighten(image, amount):
    return torch.clamp(image.float() + amount, min=0, max=255).byte()

# %% right: room to the top, so that one byte is enough
def brighten(image, amount):
    return image + (255 - image).clamp(max=amount)

# %% right: cap the image first
def brighten(image, amount):
    return image.clamp(max=255 - amount) + amount

# %% right: with where
def brighten(image, amount):
    brighter = image.to(torch.int16) + amount
    return torch.where(brighter > 255, 255, brighter).to(torch.uint8)

# %% wrong: one byte runs over -> uint8-wraps cell="brighten-values"
def brighten(image, amount):
    return image + amount

# %% wrong: clamped after it ran over -> uint8-wraps cell="brighten-values"
def brighten(image, amount):
    return (image + amount).clamp(max=255)

# %% wrong: widened, and narrowed before clamping -> uint8-wraps cell="brighten-values"
def brighten(image, amount):
    return (image.int() + amount).to(torch.uint8).clamp(max=255)

# %% wrong: stays in int32 -> unnamed cell="brighten-values"
def brighten(image, amount):
    return (image.int() + amount).clamp(max=255)

# %% wrong: stays in float32 -> unnamed cell="brighten-values"
def brighten(image, amount):
    return (image.float() + amount).clamp(max=255)

# %% wrong: the argument is changed -> argument-changed-in-place cell="brighten-values"
def brighten(image, amount):
    image += (255 - image).clamp(max=amount)
    return image

# %% wrong: capped at 254 -> unnamed cell="brighten-values"
def brighten(image, amount):
    return (image.int() + amount).clamp(max=254).to(torch.uint8)

# %% wrong: scaled instead of added -> unnamed cell="brighten-values"
def brighten(image, amount):
    return (image.float() * (1 + amount / 255)).clamp(max=255).to(torch.uint8)

# %% wrong: nothing returned -> no-return cell="brighten-values"
def brighten(image, amount):
    image = (image.int() + amount).clamp(max=255).to(torch.uint8)

# %% wrong: row by row -> loop-over-rows cell="brighten-vectorised"
def brighten(image, amount):
    rows = [(row.int() + amount).clamp(max=255) for row in image]
    return torch.stack(rows).to(torch.uint8)

# %% wrong: pixel by pixel in Python -> loop-over-rows cell="brighten-vectorised"
def brighten(image, amount):
    brighter = image.clone()
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            brighter[i, j] = min(int(image[i, j]) + amount, 255)
    return brighter

# %% wrong: by way of lists -> loop-over-rows cell="brighten-vectorised"
def brighten(image, amount):
    rows = image.tolist()
    return torch.tensor([[min(pixel + amount, 255) for pixel in row] for row in rows], dtype=torch.uint8)

# %% wrong: a lookup by map, number by number -> loop-over-rows cell="brighten-vectorised"
def brighten(image, amount):
    return image.int().apply_(lambda pixel: min(pixel + amount, 255)).to(torch.uint8)

# %% wrong: widened on a line of its own, and dropped -> uint8-wraps cell="brighten-values"
def brighten(image, amount):
    image.int()
    return (image + amount).clamp(max=255).to(torch.uint8)
