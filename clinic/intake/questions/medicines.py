"""Medicines that thin the blood, by generic and brand name. To recognise and to flag: never to say when to stop.

The drugs are those of Narouze et al., Reg Anesth Pain Med 2018;43:225-262 (interventional pain procedures). Brand
names are those sold in the United States. Stopping is settled by the doctor with the prescriber.
"""

import re
import unicodedata
from dataclasses import dataclass

ANTICOAGULANT, ANTIPLATELET, NSAID = "anticoagulant", "antiplatelet", "nsaid"


@dataclass(frozen=True)
class Medicine:
    """A generic name in lower case, the contract's class, and the names on the box."""

    name: str
    drug_class: str
    brands: tuple[str, ...] = ()


MEDICINES = (
    Medicine("warfarin", ANTICOAGULANT, ("Coumadin", "Jantoven")),
    Medicine("acenocoumarol", ANTICOAGULANT, ("Sintrom",)),
    Medicine("apixaban", ANTICOAGULANT, ("Eliquis",)),
    Medicine("rivaroxaban", ANTICOAGULANT, ("Xarelto",)),
    Medicine("edoxaban", ANTICOAGULANT, ("Savaysa",)),
    Medicine("dabigatran", ANTICOAGULANT, ("Pradaxa",)),
    Medicine("heparin", ANTICOAGULANT),
    Medicine("enoxaparin", ANTICOAGULANT, ("Lovenox",)),
    Medicine("dalteparin", ANTICOAGULANT, ("Fragmin",)),
    Medicine("fondaparinux", ANTICOAGULANT, ("Arixtra",)),
    Medicine("clopidogrel", ANTIPLATELET, ("Plavix",)),
    Medicine("prasugrel", ANTIPLATELET, ("Effient",)),
    Medicine("ticagrelor", ANTIPLATELET, ("Brilinta",)),
    Medicine("ticlopidine", ANTIPLATELET, ("Ticlid",)),
    Medicine("cilostazol", ANTIPLATELET, ("Pletal",)),
    Medicine("dipyridamole", ANTIPLATELET, ("Persantine", "Aggrenox")),
    Medicine("vorapaxar", ANTIPLATELET, ("Zontivity",)),
    Medicine("aspirin", ANTIPLATELET, ("Bayer Aspirin", "Ecotrin", "Bufferin", "Aspirina", "acetylsalicylic acid")),
    Medicine("ibuprofen", NSAID, ("Advil", "Motrin")),
    Medicine("naproxen", NSAID, ("Aleve", "Naprosyn", "Anaprox")),
    Medicine("diclofenac", NSAID, ("Voltaren", "Cataflam")),
    Medicine("meloxicam", NSAID, ("Mobic",)),
    Medicine("etodolac", NSAID, ("Lodine",)),
    Medicine("indomethacin", NSAID, ("Indocin",)),
    Medicine("ketorolac", NSAID, ("Toradol",)),
    Medicine("nabumetone", NSAID, ("Relafen",)),
    Medicine("oxaprozin", NSAID, ("Daypro",)),
    Medicine("piroxicam", NSAID, ("Feldene",)),
)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z ]+", " ", "".join(each for each in letters if not unicodedata.combining(each)))


# Spanish names end otherwise: apixabán, warfarina, heparina, clopidogrel, naproxeno, ibuprofeno.
BY_WORD = {
    word: medicine
    for medicine in MEDICINES
    for name in (medicine.name, *medicine.brands)
    for word in (_plain(name), f"{_plain(name)}a", f"{_plain(name)}o", re.sub("e$", "a", _plain(name)))
} | {"indometacina": next(medicine for medicine in MEDICINES if medicine.name == "indomethacin")}
SUGGESTIONS = tuple(sorted({name for medicine in MEDICINES[:18] for name in (medicine.name, *medicine.brands)}))


def find(written: str) -> Medicine | None:
    """The medicine that somebody wrote, by brand or generic name, with or without a dose; None: not in this table."""
    plain = _plain(written)
    if plain.strip() in BY_WORD:
        return BY_WORD[plain.strip()]
    found = {BY_WORD[word].name: BY_WORD[word] for word in plain.split() if word in BY_WORD}
    return next(iter(found.values())) if len(found) == 1 else None
