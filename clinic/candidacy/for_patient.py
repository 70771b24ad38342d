"""What a patient reads about a decision: plain words in their language, to begin from; the doctor edits them."""

from collections.abc import Sequence

# {phone} and {emergency} are the numbers that the clinic keeps.
MESSAGES: dict[str, dict[str, str]] = {
    "candidate": {
        "en": "I have looked at everything you told us and at your records. An injection near the nerve in your spine "
        "is a fair choice for your pain.\n\nWe will call you to find a day. Please do not stop any medicine before we "
        "have talked about it.\n\nIf anything changes, tell us on your page or call {phone}.",
        "es": "He revisado todo lo que nos contó y sus documentos. Una inyección cerca del nervio en su columna es una "
        "opción razonable para su dolor.\n\nLe llamaremos para buscar un día. Por favor, no deje de tomar ninguna "
        "medicina antes de hablar con nosotros.\n\nSi algo cambia, díganoslo en su página o llame al {phone}.",
    },
    "not_yet": {
        "en": "I have looked at everything you told us. An injection is not the next step yet. It may be later.\n\n"
        "What comes first: \n\nWe will look at it again when this is done. If the pain gets worse or anything "
        "changes, call {phone}.",
        "es": "He revisado todo lo que nos contó. Una inyección todavía no es el siguiente paso. Puede serlo más "
        "adelante.\n\nLo que viene primero: \n\nLo revisaremos de nuevo cuando esto esté hecho. Si el dolor empeora o "
        "algo cambia, llame al {phone}.",
    },
    "not_a_candidate": {
        "en": "I have looked at everything you told us and at your records. I do not think that an injection near the "
        "nerve in your spine would help you.\n\nThis does not mean that your pain is not real, or that nothing can be "
        "done. What I suggest instead: \n\nIf you want to talk about this, call {phone}.",
        "es": "He revisado todo lo que nos contó y sus documentos. No creo que una inyección cerca del nervio en su "
        "columna le ayude.\n\nEsto no quiere decir que su dolor no sea real, ni que no se pueda hacer nada. Lo que "
        "sugiero en su lugar: \n\nSi quiere hablar de esto, llame al {phone}.",
    },
    "sent_elsewhere": {
        "en": "What you told us needs to be looked at now, and not by an injection. Please go where we told you "
        "today.\n\nIf it gets worse on the way, call {emergency}. If you have a question, call {phone}.",
        "es": "Lo que nos contó se tiene que revisar ahora, y no con una inyección. Por favor, vaya hoy adonde le "
        "indicamos.\n\nSi empeora en el camino, llame al {emergency}. Si tiene una pregunta, llame al {phone}.",
    },
    "see_in_clinic": {
        "en": "I have looked at everything you told us. I would like to see you before we decide.\n\nWe will call you "
        "to find a day. Please bring any pictures or letters that you have. If anything changes before then, call "
        "{phone}.",
        "es": "He revisado todo lo que nos contó. Me gustaría verle antes de decidir.\n\nLe llamaremos para buscar un "
        "día. Por favor, traiga las imágenes o cartas que tenga. Si algo cambia antes, llame al {phone}.",
    },
}


def message(outcome: str, language: str, *, phone: str, emergency: str) -> str:
    """The text to begin from, for one outcome in one language ("en" or "es")."""
    return MESSAGES[outcome][language].format(phone=phone, emergency=emergency)


def paragraphs(text: str) -> Sequence[str]:
    """A message's paragraphs, as the patient's page and the paper show them."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
