# Answers to black-frame of review: a new picture with zeros along its edges

# %% right: zeros, and the inside copied
def with_black_frame(picture):
    framed = torch.zeros_like(picture)
    framed[1:-1, 1:-1] = picture[1:-1, 1:-1]
    return framed

# %% right: a clone, and four edges
def with_black_frame(picture):
    framed = picture.clone()
    framed[0] = 0
    framed[-1] = 0
    framed[:, 0] = 0
    framed[:, -1] = 0
    return framed

# %% right: a mask of ones
def with_black_frame(picture):
    inside = torch.zeros(picture.shape)
    inside[1:-1, 1:-1] = 1
    return picture * inside

# %% right: padded
def with_black_frame(picture):
    return F.pad(picture[1:-1, 1:-1], (1, 1, 1, 1))

# %% wrong: written into the picture -> argument-changed-in-place cell="black-frame-values"
def with_black_frame(picture):
    picture[0] = 0
    picture[-1] = 0
    picture[:, 0] = 0
    picture[:, -1] = 0
    return picture

# %% wrong: a view taken for a copy -> argument-changed-in-place cell="black-frame-values"
def with_black_frame(picture):
    framed = picture[:]
    framed[[0, -1]] = 0
    framed[:, [0, -1]] = 0
    return framed

# %% wrong: only the rows -> only-rows-framed cell="black-frame-values"
def with_black_frame(picture):
    framed = picture.clone()
    framed[0] = 0
    framed[-1] = 0
    return framed

# %% wrong: one more left out at the far end -> off-by-one-slice cell="black-frame-values"
def with_black_frame(picture):
    framed = torch.zeros_like(picture)
    framed[1:-2, 1:-2] = picture[1:-2, 1:-2]
    return framed

# %% wrong: the inside is black -> condition-inverted cell="black-frame-values"
def with_black_frame(picture):
    framed = picture.clone()
    framed[1:-1, 1:-1] = 0
    return framed

# %% wrong: cut off, not blackened -> unnamed cell="black-frame-values"
def with_black_frame(picture):
    return picture[1:-1, 1:-1]

# %% wrong: a list of lists -> python-number-for-tensor cell="black-frame-values"
def with_black_frame(picture):
    framed = torch.zeros_like(picture)
    framed[1:-1, 1:-1] = picture[1:-1, 1:-1]
    return framed.tolist()

# %% wrong: nothing returned -> no-return cell="black-frame-values"
def with_black_frame(picture):
    framed = torch.zeros_like(picture)
    framed[1:-1, 1:-1] = picture[1:-1, 1:-1]

# %% wrong: for the size of the example only -> unnamed cell="black-frame-values"
def with_black_frame(picture):
    framed = torch.zeros(4, 5)
    framed[1:3, 1:4] = picture[1:3, 1:4]
    return framed

# %% wrong: only the columns -> only-columns-framed cell="black-frame-values"
def with_black_frame(picture):
    framed = picture.clone()
    framed[:, 0] = 0
    framed[:, -1] = 0
    return framed
