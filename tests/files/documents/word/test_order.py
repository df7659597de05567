"""Elements stand in the order of the standard (ECMA-376 part 1, wml.xsd): Word refuses a file in which they do not."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import docx
import pytest

from inspect_cli.files.documents.word.markup import PARAGRAPH_ORDER, RUN_ORDER
from inspect_cli.files.documents.word.own import render_own_word
from inspect_cli.files.documents.word.papers import render_word
from tests.files.documents.word.packages import W, members, tree
from tests.files.documents.word.papers import result_notice, run_sheet, visit_sheet
from tests.files.documents.word.templates import sample

_BORDERS = "top left start bottom right end insideH insideV"
SEQUENCES = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing "
    "ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
    "rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden "
    "color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
    "tbl": "tblPr tblGrid tr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders "
    "shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tblBorders": _BORDERS,
    "tblCellMar": "top left start bottom right end",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p tbl",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "p": "pPr r fldSimple",
    "r": "rPr t br tab",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
    "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic",
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape "
    "printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts "
    "saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop "
    "hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles "
    "stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves "
    "doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation "
    "consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle "
    "evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing "
    "drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin "
    "drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData noPunctuationKerning characterSpacingControl "
    "printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema "
    "saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving "
    "saveThroughXslt showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids "
    "mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions "
    "readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator",
}
"""The children of each element in the order of the schema."""
REPEATED_FREELY = {"p", "r", "tc"}
"""Behind their properties, these take the rest in any order."""
CHOICES = {"trPr", "body", "compat", "tblGrid", "rPrDefault", "pPrDefault", "fonts", "document", "ftr", "fldSimple"}


def _out_of_order(root: Any) -> list[str]:
    """Name the elements whose children stand in another order, or that hold a child that the standard does not know there."""
    wrong = []
    for node in root.iter():
        name = node.tag.removeprefix(W)
        children = [child.tag.removeprefix(W) for child in node]
        if not children or name in CHOICES:
            continue
        order = SEQUENCES[name].split()
        places = [order.index(child) for child in children]
        if name in REPEATED_FREELY:
            places = [min(place, 1) for place in places]
        if places != sorted(places):
            wrong.append(f"{name}: {children}")
    return wrong


def test_papers() -> None:
    """All parts of our own papers keep the standard's order."""
    data = render_word([result_notice(), visit_sheet(), run_sheet()])
    parts = [path for path in members(data) if path.startswith("word/") and path.endswith(".xml")]
    assert len(parts) == 6
    for path in parts:
        assert _out_of_order(tree(data, path)) == [], path


def test_a_filled_template() -> None:
    """What is put into a bureau's template keeps the order too."""
    for document in (result_notice(), visit_sheet()):
        data = render_own_word(sample(), document, "t.docx")
        for path in ("word/document.xml", "word/settings.xml"):
            assert _out_of_order(tree(data, path)) == []


@pytest.mark.parametrize(("name", "order"), [("pPr", PARAGRAPH_ORDER), ("rPr", RUN_ORDER)])
def test_the_writers_own_lists(name: str, order: tuple[str, ...]) -> None:
    """The lists by which properties are sorted are those of the standard."""
    assert " ".join(order) == SEQUENCES[name]


def _sequences_of_python_docx() -> dict[str, list[str]]:
    """Read the sequences that python-docx states in its sources, by the class of the element."""
    found = {}
    for path in (Path(docx.__file__).parent / "oxml").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.ClassDef):
                continue
            for line in node.body:
                if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "_tag_seq":
                    found[node.name] = [tag.partition(":")[2] for tag in ast.literal_eval(line.value)]
    return found


def test_another_library_says_the_same() -> None:
    """python-docx, which has its sequences from the schema, agrees wherever it has one."""
    theirs = _sequences_of_python_docx()
    for name in ("sectPr", "settings", "style", "tblPr", "tcPr", "rPr", "pPr"):
        ours, given = SEQUENCES[name].split(), theirs[f"CT_{name[0].upper()}{name[1:]}"]
        shared = [tag for tag in ours if tag in given]
        assert [tag for tag in given if tag in ours] == shared, name
        assert len(shared) > 10, name
