"""What TeX's commands stand for in MathML: letters, operators, spaces, accents, alphabets."""

LETTERS = dict(zip(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho sigma "
    "varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar Re Im "
    "aleph infty partial nabla emptyset varnothing top bot forall exists dots ldots cdots vdots ddots prime degree "
    "imath jmath angle".split(),
    "α β γ δ ϵ ε ζ η θ ϑ ι κ λ μ ν ξ π ϖ ρ ϱ σ ς τ υ ϕ φ χ ψ ω Γ Δ Θ Λ Ξ Π Σ Υ Φ Ψ Ω ℓ ℏ ℜ ℑ "
    "ℵ ∞ ∂ ∇ ∅ ∅ ⊤ ⊥ ∀ ∃ … … ⋯ ⋮ ⋱ ′ ° ı ȷ ∠".split(), strict=True))
OPERATORS = dict(zip(
    "cdot times div pm mp ast star circ bullet oplus ominus otimes odot cup cap setminus wedge vee land lor neg lnot le leq ge "
    "geq ll gg ne neq equiv approx sim simeq cong propto in notin ni subset subseteq supset supseteq to rightarrow leftarrow "
    "gets leftrightarrow Rightarrow Leftarrow Leftrightarrow implies iff mapsto longrightarrow uparrow downarrow mid nmid "
    "parallel perp colon triangleq coloneqq".split(),
    "⋅ × ÷ ± ∓ ∗ ⋆ ∘ • ⊕ ⊖ ⊗ ⊙ ∪ ∩ ∖ ∧ ∨ ∧ ∨ ¬ ¬ ≤ ≤ ≥ "
    "≥ ≪ ≫ ≠ ≠ ≡ ≈ ∼ ≃ ≅ ∝ ∈ ∉ ∋ ⊂ ⊆ ⊃ ⊇ → → ← "
    "← ↔ ⇒ ⇐ ⇔ ⟹ ⟺ ↦ ⟶ ↑ ↓ ∣ ∤ "
    "∥ ⊥ : ≜ ≔".split(), strict=True))
# Stand with their limits above and below in a displayed formula.
BIG = dict(zip("sum prod coprod bigcup bigcap bigoplus bigotimes int iint oint".split(), "∑ ∏ ∐ ⋃ ⋂ ⨁ ⨂ ∫ ∬ ∮".split(),
               strict=True))
INTEGRALS = ("int", "iint", "oint")
LIMITS = ("lim", "max", "min", "sup", "inf", "argmax", "argmin", "limsup", "liminf", "det", "Pr")
NAMES = (*LIMITS, "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "exp", "log",
         "ln", "lg", "dim", "ker", "rank", "tr", "deg", "gcd", "hom", "arg", "sgn")
FENCES = {"lVert": "‖", "rVert": "‖", "Vert": "‖", "|": "‖", "lvert": "|", "rvert": "|", "vert": "|", "langle": "⟨", "rangle": "⟩",
          "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}", "lbrack": "[",
          "rbrack": "]", "backslash": "\\"}
SPACES = {",": "0.17em", ":": "0.22em", ">": "0.22em", ";": "0.28em", "!": "-0.17em", " ": "0.25em", "quad": "1em", "qquad": "2em",
          "thinspace": "0.17em", "enspace": "0.5em", "~": "0.25em"}
ACCENTS = {"hat": "^", "widehat": "^", "bar": "¯", "overline": "¯", "tilde": "~", "widetilde": "~", "vec": "→", "dot": "˙",
           "ddot": "¨", "check": "ˇ", "breve": "˘", "mathring": "˚", "overrightarrow": "→"}
STRETCHING = ("widehat", "overline", "widetilde", "overrightarrow")
ALPHABETS = {"mathbf": "bold", "boldsymbol": "bold", "bm": "bold", "mathbb": "double", "mathcal": "script", "mathscr": "script",
             "mathrm": "upright", "mathit": "italic", "mathsf": "upright", "mathtt": "upright", "operatorname": "upright"}
TEXTS = ("text", "textrm", "textit", "textbf", "textsf", "texttt", "mbox", "hbox")
FRACTIONS = ("frac", "tfrac", "dfrac", "cfrac", "binom")
# Fences by their size in em.
SIZED = {f"{name}{side}": 1 + 0.3 * step for step, name in enumerate(("big", "Big", "bigg", "Bigg")) for side in ("", "l", "r", "m")}
# Change how something looks a little, and nothing that it says.
IGNORED = ("displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "nonumber", "notag", "mathstrut", "strut", "middle")
# What each environment's table looks like; its fences are drawn by the page's CSS.
ENVIRONMENTS = {
    "matrix": "plain", "smallmatrix": "plain", "array": "plain", "pmatrix": "round", "bmatrix": "square", "vmatrix": "bars",
    "Vmatrix": "bars", "cases": "cases", "aligned": "aligned", "align": "aligned", "align*": "aligned", "split": "aligned",
    "eqnarray": "aligned", "eqnarray*": "aligned", "gathered": "plain", "gather": "plain", "gather*": "plain", "equation": "plain",
    "equation*": "plain"}

_DOUBLE = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"}
_SCRIPT = {"B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ", "g": "ℊ", "o": "ℴ"}
_STARTS = {"bold": (0x1D400, 0x1D41A, 0x1D7CE), "double": (0x1D538, 0x1D552, 0x1D7D8), "script": (0x1D49C, 0x1D4B6, None)}


def in_alphabet(character, alphabet):
    """The character of a mathematical alphabet, one of ALPHABETS' values; itself where that has none."""
    special = {"double": _DOUBLE, "script": _SCRIPT}.get(alphabet, {})
    if character in special or alphabet not in _STARTS:
        return special.get(character, character)
    upper, lower, digit = _STARTS[alphabet]
    for first, last, start in (("A", "Z", upper), ("a", "z", lower), ("0", "9", digit)):
        if first <= character <= last and start:
            return chr(start + ord(character) - ord(first))
    return character
