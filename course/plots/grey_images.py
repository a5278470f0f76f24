"""Pictures of grey images: tensors of numbers from 0 (black) to 255 (white)."""

from course.plots import theme


@theme.picture
def side_by_side(images):
    """Grey images of one shape (rows, columns) beside one another. images: dict of title to tensor, 0 to 255."""
    figure, panels = theme.canvas(len(images), size=(4.4 * len(images), 3.4), squeeze=False)
    told = []
    for axes, (title, image) in zip(panels[0], images.items(), strict=True):
        axes.imshow(image.numpy(), cmap="gray", vmin=0, vmax=255)
        axes.grid(False)
        theme.label(axes, title, "column", "row")
        told.append(f"{title}, from {image.min().item()} to {image.max().item()}")
    return theme.described(figure, f"Grey images side by side: {'; '.join(told)}.")
