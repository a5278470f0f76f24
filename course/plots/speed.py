"""Pictures of what a loop costs: its time beside that of one expression, and how many times as long it takes."""

from course.plots import theme


@theme.picture
def loop_against_expression(sizes, loop_seconds, expression_seconds):
    """Times of both, and their ratio, against the number of elements; all scales logarithmic."""
    ratios = [loop / expression for loop, expression in zip(loop_seconds, expression_seconds, strict=True)]
    figure, (left, right) = theme.canvas(2, size=(9.6, 3.9))
    for name, colour, marker, seconds in (("loop", theme.VERMILION, "o", loop_seconds),
                                          ("expression", theme.BLUE, "s", expression_seconds)):
        milliseconds = [second * 1e3 for second in seconds]
        left.loglog(sizes, milliseconds, color=colour, marker=marker)
        left.annotate(name, (sizes[-1], milliseconds[-1]), xytext=(-6, 9), textcoords="offset points", ha="right",
                      color=theme.words(colour), weight="bold")
    right.loglog(sizes, ratios, color=theme.PURPLE, marker="D")
    right.axhline(1, color=theme.INK, linestyle=(0, (2, 3)), linewidth=1.4)
    right.annotate("as fast as each other", (sizes[-1], 1), xytext=(0, 5), textcoords="offset points", ha="right",
                   fontsize=9)
    theme.label(left, "The time of each", "n (log scale)", "milliseconds (log scale)")
    theme.label(right, f"The ratio: {ratios[-1]:,.0f} at n = {sizes[-1]:,}", "n (log scale)", "loop ÷ expression (log scale)")
    return theme.described(figure, f"""Two panels. Left: the loop's time rises in proportion to n, from
        {loop_seconds[0] * 1e3:.3g} to {loop_seconds[-1] * 1e3:.3g} ms; the expression's goes from
        {expression_seconds[0] * 1e3:.3g} to {expression_seconds[-1] * 1e3:.3g} ms. Right: their ratio, from
        {ratios[0]:.3g} at n = {sizes[0]:,} to {ratios[-1]:,.0f} at n = {sizes[-1]:,}.""")
