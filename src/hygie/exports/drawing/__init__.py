"""Our own SVG: small charts as text, without script, that print in black and white.

What comes in: numbers and labels (already in the reader's language). What goes out: an `<svg>` element with a title and
a description for screen readers. Colours come from the page's style sheet by class; every mark also carries its number.
"""
