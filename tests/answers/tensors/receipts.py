# Answers to receipts of tensors: what each customer pays, baskets (d, n) and prices (d,)

# %% right: transposed, then the product
def receipts(baskets, prices):
    return baskets.T @ prices

# %% right: prices from the left
def receipts(baskets, prices):
    return prices @ baskets

# %% right: prices as a column, and a sum down the rows
def receipts(baskets, prices):
    return (baskets * prices[:, None]).sum(dim=0)

# %% right: einsum
def receipts(baskets, prices):
    return torch.einsum("dn,d->n", baskets, prices)

# %% right: mv
def receipts(baskets, prices):
    return torch.mv(baskets.t(), prices)

# %% right: a matrix of one row
def receipts(baskets, prices):
    return (prices.view(1, -1) @ baskets).squeeze(0)

# %% wrong: reshape for the transpose -> reshape-for-transpose cell="receipts-values"
def receipts(baskets, prices):
    d, n = baskets.shape
    return baskets.reshape(n, d) @ prices

# %% wrong: view for the transpose -> reshape-for-transpose cell="receipts-values"
def receipts(baskets, prices):
    return baskets.view(-1, len(prices)) @ prices

# %% wrong: every product kept -> elementwise-for-matmul cell="receipts-values"
def receipts(baskets, prices):
    return baskets.T * prices

# %% wrong: elementwise without a transpose -> shapes-do-not-broadcast cell="receipts-values"
def receipts(baskets, prices):
    return (baskets * prices).sum(dim=0)

# %% wrong: not transposed -> matrix-product-shapes cell="receipts-values"
def receipts(baskets, prices):
    return baskets @ prices

# %% wrong: view of a transpose -> view-of-non-contiguous cell="receipts-values"
def receipts(baskets, prices):
    flat = baskets.t().view(-1)
    return flat.view(-1, len(prices)) @ prices

# %% wrong: summed over the customers -> wrong-dim cell="receipts-values"
def receipts(baskets, prices):
    return (baskets * prices[:, None]).sum(dim=1)

# %% wrong: the whole day's takings -> no-dim cell="receipts-values"
def receipts(baskets, prices):
    return (baskets * prices[:, None]).sum()

# %% wrong: a column -> keepdim-extra cell="receipts-values"
def receipts(baskets, prices):
    return baskets.T @ prices.view(-1, 1)

# %% wrong: prices as NumPy's float64 -> double-for-float cell="receipts-values"
def receipts(baskets, prices):
    doubles = torch.from_numpy(np.array(prices.tolist()))
    return baskets.T @ doubles

# %% wrong: everything in float64 -> double-for-float cell="receipts-values"
def receipts(baskets, prices):
    return baskets.double().T @ prices.double()

# %% wrong: squeezed, so one customer gives no row -> unnamed cell="receipts-values"
def receipts(baskets, prices):
    return (prices.view(1, -1) @ baskets).squeeze()

# %% wrong: a list -> python-number-for-tensor cell="receipts-values"
def receipts(baskets, prices):
    return [float(customer @ prices) for customer in baskets.T]

# %% wrong: customer by customer -> loop-over-rows cell="receipts-values"
def receipts(baskets, prices):
    return torch.stack([torch.dot(baskets[:, j], prices) for j in range(baskets.shape[1])])

# %% wrong: fruit by fruit -> loop-over-rows cell="receipts-values"
def receipts(baskets, prices):
    total = torch.zeros(baskets.shape[1])
    for kilograms, price in zip(baskets, prices):
        total = total + kilograms * price
    return total

# %% wrong: Python's sum over kinds of fruit -> loop-over-rows cell="receipts-values"
def receipts(baskets, prices):
    return sum(baskets * prices.unsqueeze(1))
