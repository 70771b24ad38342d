"""The few words that every paper carries, in the languages of the clinic."""

from typing import Literal

Language = Literal["en", "es"]

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "to": "To",
        "from": "From",
        "date": "Date",
        "code": "Code",
        "phone": "Phone",
        "fax": "Fax",
        "patient": "Patient",
        "page": "page {n} of {of}",
        "qr": "QR code of the private link that is printed beside it",
        "continues": "… continues in the record; call us for the rest",
        "whole": "This letter is complete on this page.",
        "shortened": "Shortened to fit one page: {what}. The record holds the rest; call us for it.",
        "boxes": "{box} stands for a letter that we cannot print; call us to ask.",
        "cover": "Fax",
        "pages": "Pages",
        "pages_with_cover": "{pages}, counting this one",
        "confidential": "Confidential",
        "confidential_words": "This fax is about somebody's health. It is meant only for the practice named above."
        " The law protects it: nobody else may read, copy or pass it on.",
        "wrong": "Did it reach the wrong place?",
        "wrong_call": "Please call us at {phone} and say the code {code}.",
        "wrong_destroy": "Then shred every page. Please do not send it on, not even to the right practice.",
        "missing": "Is a page missing or hard to read?",
        "missing_words": "Call the same number and say the code. We send it again.",
        "stamp": "Fax page {n} of {of}",
        "read_it": "The newest version of this page, with its words explained:",
    },
    "es": {
        "to": "Para",
        "from": "De",
        "date": "Fecha",
        "code": "Código",
        "phone": "Teléfono",
        "fax": "Fax",
        "patient": "Paciente",
        "page": "página {n} de {of}",
        "qr": "Código QR del enlace privado que está impreso al lado",
        "continues": "… continúa en el expediente; llámenos para saber el resto",
        "whole": "Esta carta está completa en esta página.",
        "shortened": "Acortada para caber en una página: {what}. El expediente tiene el resto; llámenos para saberlo.",
        "boxes": "{box} está en lugar de una letra que no podemos imprimir; llámenos para preguntar.",
        "cover": "Fax",
        "pages": "Páginas",
        "pages_with_cover": "{pages}, contando esta",
        "confidential": "Confidencial",
        "confidential_words": "Este fax trata de la salud de una persona. Es solo para el consultorio nombrado arriba."
        " La ley lo protege: nadie más puede leerlo, copiarlo ni pasarlo a otros.",
        "wrong": "¿Llegó al lugar equivocado?",
        "wrong_call": "Por favor, llámenos al {phone} y diga el código {code}.",
        "wrong_destroy": "Después, triture todas las páginas. Por favor, no lo envíe a nadie, ni al consultorio"
        " correcto.",
        "missing": "¿Falta una página o no se lee bien?",
        "missing_words": "Llame al mismo número y diga el código. Lo enviamos otra vez.",
        "stamp": "Fax, página {n} de {of}",
        "read_it": "La versión más nueva de esta página, con sus palabras explicadas:",
    },
}
