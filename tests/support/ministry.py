"""A ministry's PowerPoint template with colours and fonts of its own, made in code."""

import io
import zipfile

from pptx import Presentation

from analytics.exports.pptx.brand import FONT, our_brand, theme_xml
from analytics.exports.pptx.colours import OWN

COLOURS = {
    "dk1": "202020", "lt1": "FFFFFF", "dk2": "404040", "lt2": "EFEFEF", "accent1": "B00020",
    "accent2": "1E7B34", "accent3": "E07B00", "accent4": "707070", "accent5": "6A1B9A",
    "accent6": "909090", "hlink": "B00020", "folHlink": "E07B00",
}  # fmt: skip
_MAIN = "application/vnd.openxmlformats-officedocument.presentationml"


def template(font: str = "Georgia") -> bytes:
    """Return a .potx whose twelve colours and whose font are none of ours."""
    theme = theme_xml(our_brand()).replace(f'typeface="{FONT}"', f'typeface="{font}"')
    for place, colour in OWN.items():
        ours = f'<a:{place}><a:srgbClr val="{colour[1:]}"/>'
        theme = theme.replace(ours, f'<a:{place}><a:srgbClr val="{COLOURS[place]}"/>')
    made = io.BytesIO()
    Presentation().save(made)
    potx = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(potx, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "ppt/theme/theme1.xml":
                content = theme.encode()
            if name == "[Content_Types].xml":
                main = f"{_MAIN}.presentation.main+xml".encode()
                content = content.replace(main, f"{_MAIN}.template.main+xml".encode())
            target.writestr(name, content)
    return potx.getvalue()
