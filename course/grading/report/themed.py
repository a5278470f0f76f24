"""Lets an SVG that matplotlib drew in the course's theme follow its reader's: light, dark, and light on paper."""

from course.plots import theme

# {name: (colour as it is drawn, colour in the dark)}; the dark ones are page.css's own. Colours of data stay.
COLOURS = {"ink": (theme.INK, "#e6e8eb"), "muted": (theme.MUTED, "#a3abb5"), "grid": (theme.GRID, "#363c44"),
           "panel": (theme.PANEL, "#16191d")}


def themed(svg):
    """The SVG's text with ground, words and grid by variables. A reader who knows no dark mode in pictures sees it light."""
    for name, (light, _) in COLOURS.items():
        svg = svg.replace(light.lower(), f"var(--{name})")
    light, dark = (" ".join(f"--{name}: {pair[place]};" for name, pair in COLOURS.items()) for place in (0, 1))
    style = f"<style>:root {{ {light} }} @media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}</style>"
    return svg.replace("<defs>", f"{style}<defs>", 1)
