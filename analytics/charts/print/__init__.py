"""Charts for paper: the exhibits that the pages draw, as SVG text in the type of the document."""
