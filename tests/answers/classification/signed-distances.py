# Answers to signed-distances of classification: scores divided by the length of the weight

# %% right: the norm
def signed_distances(points, weight, bias):
    return (points @ weight + bias) / torch.linalg.norm(weight)

# %% right: the root of the sum of squares
def signed_distances(points, weight, bias):
    length = (weight ** 2).sum() ** 0.5
    return (bias + (points * weight).sum(dim=1)) / length

# %% right: einsum with a unit vector
def signed_distances(points, weight, bias):
    length = weight.norm()
    return torch.einsum("nd,d->n", points, weight / length) + bias / length

# %% wrong: the score -> score-for-distance cell="signed-distances-values"
def signed_distances(points, weight, bias):
    return points @ weight + bias

# %% wrong: divided by the square of the length -> divided-by-square-of-length cell="signed-distances-values"
def signed_distances(points, weight, bias):
    return (points @ weight + bias) / (weight @ weight)

# %% wrong: without the bias -> bias-left-out cell="signed-distances-values"
def signed_distances(points, weight, bias):
    return points @ weight / torch.linalg.norm(weight)

# %% wrong: a distance without a sign -> distance-without-sign cell="signed-distances-values"
def signed_distances(points, weight, bias):
    return (points @ weight + bias).abs() / torch.linalg.norm(weight)

# %% wrong: the products are not added up -> unnamed cell="signed-distances-values"
def signed_distances(points, weight, bias):
    return (points * weight + bias) / torch.linalg.norm(weight)

# %% wrong: the weight first -> matrix-product-shapes cell="signed-distances-values"
def signed_distances(points, weight, bias):
    return (weight @ points + bias) / torch.linalg.norm(weight)

# %% wrong: only the products are divided -> only-products-divided cell="signed-distances-values"
def signed_distances(points, weight, bias):
    return points @ weight / torch.linalg.norm(weight) + bias

# %% wrong: the other direction -> sign-flipped cell="signed-distances-values"
def signed_distances(points, weight, bias):
    return -(points @ weight + bias) / torch.linalg.norm(weight)

# %% wrong: point by point -> loop-over-rows cell="signed-distances-values"
def signed_distances(points, weight, bias):
    return torch.stack([(point @ weight + bias) / torch.linalg.norm(weight) for point in points])

# %% wrong: nothing returned -> no-return cell="signed-distances-values"
def signed_distances(points, weight, bias):
    distances = (points @ weight + bias) / torch.linalg.norm(weight)

# %% wrong: only the bias is divided -> only-bias-divided cell="signed-distances-values"
def signed_distances(points, weight, bias):
    return points @ weight + bias / torch.linalg.norm(weight)

# %% wrong: two features written out -> only-two-features cell="signed-distances-values"
def signed_distances(points, weight, bias):
    scores = points[:, 0] * weight[0] + points[:, 1] * weight[1] + bias
    return scores / (weight[0] ** 2 + weight[1] ** 2) ** 0.5
