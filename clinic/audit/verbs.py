"""What each verb of the log means, in a sentence that follows a name: "Dr. Rowan … opened your case".

Plain words, for the patient who asks who looked at their record and for the administrator who reads the log. `{your}`
is "your" for the patient, "their" for a carer, "the" for an administrator; Spanish says "su" to all of them.
A test finds a sentence here for every verb that the code uses.
"""

from typing import NamedTuple


class Sentence(NamedTuple):
    en: str
    es: str


SENTENCES = {
    # the register
    "patients.listed": Sentence("saw {your} name in a list of patients", "vio su nombre en una lista de pacientes"),
    "patients.compared": Sentence(
        "compared {your} name and address with others", "comparó su nombre y su dirección con los de otras personas"
    ),
    "patient.opened": Sentence("opened {your} contact page", "abrió su página de contacto"),
    "patient.added": Sentence("entered {your} name in the register", "anotó su nombre en el registro"),
    "patient.began": Sentence("began a record", "comenzó un expediente"),
    "patient.changed": Sentence("changed {your} contact details", "cambió sus datos de contacto"),
    "patient.sign_in_changed": Sentence("changed {your} sign-in address", "cambió la dirección con la que usted entra"),
    "patient.confirmed": Sentence("confirmed {your} entry in the register", "confirmó su inscripción en el registro"),
    "patient.merged": Sentence(
        "joined two entries that were the same person", "unió dos inscripciones de la misma persona"
    ),
    "patient.tied": Sentence("tied a sign-in to {your} record", "enlazó un inicio de sesión con su expediente"),
    "access.given": Sentence("got access to {your} record", "obtuvo acceso a su expediente"),
    "access.ended": Sentence(
        "ended a helper's access to {your} record", "terminó el acceso de alguien a su expediente"
    ),
    # private links
    "link.staff_made": Sentence("invited somebody to the staff", "invitó a alguien al personal"),
    "link.staff_used": Sentence("accepted an invitation to the staff", "aceptó una invitación al personal"),
    "link.patient_made": Sentence("sent {your} invitation", "envió su invitación"),
    "link.patient_used": Sentence("accepted {your} invitation", "aceptó su invitación"),
    "link.carer_made": Sentence("invited somebody to act for {your} record", "invitó a alguien a actuar por usted"),
    "link.carer_used": Sentence("accepted an invitation to help", "aceptó una invitación para ayudar"),
    "link.desk_made": Sentence("made a code for the tablet", "creó un código para la tableta"),
    "link.desk_used": Sentence("used a code on the tablet", "usó un código en la tableta"),
    "link.revoked": Sentence("took an invitation back", "retiró una invitación"),
    "link.birth_date_wrong": Sentence("gave a wrong birth date", "dio una fecha de nacimiento equivocada"),
    "link.closed_by_wrong_dates": Sentence(
        "gave a wrong birth date too often; the invitation closed",
        "dio una fecha de nacimiento equivocada muchas veces; la invitación se cerró",
    ),
    # signing in
    "code.sent": Sentence("asked for a code by mail", "pidió un código por correo"),
    "code.refused": Sentence("gave a wrong code", "dio un código equivocado"),
    "user.began": Sentence("signed in for the first time", "inició sesión por primera vez"),
    "user.password_changed": Sentence("changed a password", "cambió una contraseña"),
    "user.sign_in_changed": Sentence("changed how they sign in", "cambió su forma de iniciar sesión"),
    "user.language_chosen": Sentence("chose a language", "eligió un idioma"),
    "session.began": Sentence("signed in", "inició sesión"),
    "session.refused": Sentence("could not sign in", "no pudo iniciar sesión"),
    "session.ended": Sentence("signed out", "cerró la sesión"),
    "sessions.forgotten": Sentence("cleared away ended sessions", "borró sesiones terminadas"),
    "identity.confirmed": Sentence("proved once more who they are", "confirmó de nuevo su identidad"),
    "identity.refused": Sentence("could not prove who they are", "no pudo confirmar su identidad"),
    # the case and its record
    "case.began": Sentence("opened a new case", "abrió un caso nuevo"),
    "case.opened": Sentence("opened {your} case", "abrió su caso"),
    "case.moved": Sentence("moved {your} case to its next step", "pasó su caso al paso siguiente"),
    "case.placed": Sentence("noted where the pain is", "anotó dónde está el dolor"),
    "case.claimed": Sentence("took on {your} case", "se hizo cargo de su caso"),
    "case.claim_released": Sentence("gave {your} case back to the list", "devolvió su caso a la lista"),
    "case.chart_closed": Sentence("closed the doctor's notes", "cerró las notas del médico"),
    "case.chart_reopened": Sentence("opened the doctor's notes again", "reabrió las notas del médico"),
    "record.stated": Sentence("wrote answers into {your} record", "escribió respuestas en su expediente"),
    "record.row_said": Sentence("wrote into {your} record", "escribió en su expediente"),
    "record.row_struck": Sentence("took back a line of {your} record", "retiró una línea de su expediente"),
    "record.row_left": Sentence("took a treatment out of one case", "quitó un tratamiento de un caso"),
    "record.row_shared": Sentence("used a treatment for a second case", "usó un tratamiento en un segundo caso"),
    "record.scored": Sentence("recorded a score", "anotó un puntaje"),
    "record.document_filed": Sentence("added a document to {your} record", "agregó un documento a su expediente"),
    "document.opened": Sentence("opened a document of {your} record", "abrió un documento de su expediente"),
    "document.missing": Sentence("asked for a document that is missing", "pidió un documento que falta"),
    "documents.listed": Sentence("looked at the list of {your} documents", "vio la lista de sus documentos"),
    "alert.urgent_raised": Sentence("reported an urgent sign", "avisó de una señal urgente"),
    "alert.urgent_released": Sentence("looked into an urgent sign", "revisó una señal urgente"),
    "alert.change_raised": Sentence("reported a change", "avisó de un cambio"),
    "alert.change_released": Sentence("looked into a change", "revisó un cambio"),
    # the intake
    "desk.listed": Sentence("saw {your} name in the desk's list", "vio su nombre en la lista de recepción"),
    "paper.printed": Sentence("printed a paper form", "imprimió un formulario en papel"),
    "intake.start_opened": Sentence(
        "opened the first page of {your} questions", "abrió la primera página de preguntas"
    ),
    "intake.opened": Sentence("opened {your} questions", "abrió sus preguntas"),
    "intake.began": Sentence("began {your} questions", "comenzó sus preguntas"),
    "intake.asked": Sentence("asked for more answers", "pidió más respuestas"),
    "intake.addition_opened": Sentence(
        "opened the questions that were asked besides", "abrió las preguntas adicionales"
    ),
    "intake.change_opened": Sentence("opened the page to report a change", "abrió la página para avisar de un cambio"),
    "intake.receipt_read": Sentence("read the copy of {your} answers", "leyó la copia de sus respuestas"),
    "case.status_read": Sentence("looked where {your} case is", "vio en qué punto está su caso"),
    "intake.draft_saved": Sentence("saved answers", "guardó respuestas"),
    "intake.page_kept": Sentence("answered {your} questions", "contestó sus preguntas"),
    "intake.row_used": Sentence("used a treatment for a second case", "usó un tratamiento en un segundo caso"),
    "intake.row_denied": Sentence(
        "said that something the doctor's office told is not so",
        "dijo que algo que contó el consultorio de su médico no es así",
    ),
    "intake.row_removed": Sentence("took a line back", "quitó una línea"),
    "intake.sealed": Sentence("signed {your} answers", "firmó sus respuestas"),
    "page.read": Sentence("opened a page to read", "abrió una página para leer"),
    "page.questions_answered": Sentence("answered the questions of a page", "contestó las preguntas de una página"),
    "pages_read.listed": Sentence("saw which pages were read", "vio qué páginas se han leído"),
    "worry.page_opened": Sentence(
        "opened the page to write of a worry", "abrió la página para contar una preocupación"
    ),
    "worry.sent": Sentence("wrote to the doctor of a worry", "escribió al médico sobre una preocupación"),
    "worry.answered": Sentence("answered {your} worry", "respondió a su preocupación"),
    "worry.translated": Sentence("translated {your} worry", "tradujo su preocupación"),
    "worries.listed": Sentence("saw {your} worry in a list", "vio su preocupación en una lista"),
    "answer.translated": Sentence("translated an answer", "tradujo una respuesta"),
    # the doctor's side
    "queue.listed": Sentence("saw {your} case in the list", "vio su caso en la lista"),
    "case.compared": Sentence(
        "compared {your} case with the rules of payers", "comparó su caso con las reglas de los seguros"
    ),
    "case.repeats_opened": Sentence(
        "looked up when {your} next injection may be", "consultó cuándo podría ser su próxima inyección"
    ),
    "chart.opened": Sentence("opened the doctor's notes", "abrió las notas del médico"),
    "patient.asked": Sentence("asked for more information", "pidió más información"),
    "patient.asked_ended": Sentence("ended a request for information", "terminó un pedido de información"),
    "decision.opened": Sentence("opened a signed decision", "abrió una decisión firmada"),
    "decision.signed": Sentence("signed a decision", "firmó una decisión"),
    "repeat.planned_early": Sentence(
        "gave a reason to plan an injection before the rules ask for it",
        "dio una razón para planear una inyección antes de lo que piden las reglas",
    ),
    "payer.step_opened": Sentence(
        "opened the page for what {your} insurance plan answered", "abrió la página de lo que respondió su seguro"
    ),
    "payer.step_recorded": Sentence("noted what {your} insurance plan answered", "anotó lo que respondió su seguro"),
    "payer.step_struck": Sentence(
        "took back a note on {your} insurance plan's answer", "retiró una nota sobre la respuesta de su seguro"
    ),
    "thinner.planned": Sentence(
        "noted what was agreed on {your} blood thinner", "anotó lo acordado sobre su anticoagulante"
    ),
    "course.read": Sentence("looked at {your} relief over time", "consultó cómo ha seguido su alivio"),
    "course.printed": Sentence("printed {your} relief over time", "imprimió cómo ha seguido su alivio"),
    "thinner.struck": Sentence("took back a note on {your} blood thinner", "retiró una nota sobre su anticoagulante"),
    "procedure.listed": Sentence(
        "saw {your} name in the list of today's injections", "vio su nombre en la lista de inyecciones de hoy"
    ),
    "procedure.opened": Sentence("opened the page of {your} injection", "abrió la página de su inyección"),
    "procedure.checked": Sentence(
        "went through the checks before {your} injection", "repasó la lista de control antes de su inyección"
    ),
    "procedure.recorded": Sentence("recorded {your} injection", "registró su inyección"),
    "procedure.struck": Sentence("took back a record of {your} injection", "retiró un registro de su inyección"),
    "complication.recorded": Sentence(
        "noted a problem after {your} injection", "anotó un problema después de su inyección"
    ),
    "complication.struck": Sentence(
        "took back a note on a problem after {your} injection", "retiró una nota sobre un problema tras su inyección"
    ),
    "payer.answers_listed": Sentence(
        "saw {your} name in a list of insurance plans' answers",
        "vio su nombre en una lista de respuestas de los seguros",
    ),
    # from the decision to the session
    "candidates.listed": Sentence(
        "saw {your} name in the list of people who wait for an injection",
        "vio su nombre en la lista de personas que esperan una inyección",
    ),
    "pathway.opened": Sentence(
        "looked how far {your} injection is planned", "vio hasta dónde está planeada su inyección"
    ),
    "pathway.booked": Sentence("noted the day of {your} injection", "anotó el día de su inyección"),
    "pathway.unbooked": Sentence("gave up the day of {your} injection", "dejó libre el día de su inyección"),
    "pathway.call": Sentence("made a call about {your} injection", "llamó por su inyección"),
    "pathway.owner": Sentence("handed {your} injection to a colleague", "pasó su inyección a un colega"),
    "pathway.later": Sentence("put off {your} injection, with a reason", "aplazó su inyección, con una razón"),
    "pathway.hold_settled": Sentence(
        "noted that something is settled before {your} injection", "anotó que algo quedó resuelto antes de su inyección"
    ),
    "pathway.ended": Sentence("ended the planning of {your} injection", "terminó la planificación de su inyección"),
    "pathway.reopened": Sentence(
        "took the planning of {your} injection up again", "retomó la planificación de su inyección"
    ),
    # the directory of practices
    "directory.added": Sentence("entered a practice in the directory", "anotó un consultorio en el directorio"),
    "directory.changed": Sentence("changed a practice in the directory", "cambió un consultorio en el directorio"),
    "directory.deactivated": Sentence("made a practice inactive", "desactivó un consultorio"),
    "directory.reactivated": Sentence("made a practice active again", "reactivó un consultorio"),
    "directory.merged": Sentence(
        "joined two entries that were the same practice", "unió dos inscripciones del mismo consultorio"
    ),
    "directory.role_added": Sentence("noted where a practitioner works", "anotó dónde trabaja un profesional"),
    "directory.role_ended": Sentence(
        "noted where a practitioner works no longer", "anotó dónde ya no trabaja un profesional"
    ),
    "directory.read_in": Sentence("read a table of practices", "leyó una tabla de consultorios"),
    "directory.imported": Sentence(
        "took a table of practices into the directory", "incorporó una tabla de consultorios al directorio"
    ),
    "directory.exported": Sentence("exported the directory", "exportó el directorio"),
    # records of other practices
    "record_request.made": Sentence(
        "wrote to another practice for a record", "escribió a otro consultorio para pedir un expediente"
    ),
    "record_request.sent": Sentence("sent the request for a record", "envió el pedido de un expediente"),
    "record_request.received": Sentence("entered that a record had come", "anotó que llegó un expediente"),
    "record_request.filed": Sentence(
        "read a record that had come, and put it on {your} record",
        "leyó un expediente que llegó y lo incorporó al suyo",
    ),
    "record_request.cancelled": Sentence("cancelled the request for a record", "canceló el pedido de un expediente"),
    "record_request.opened": Sentence("looked at a request for a record", "vio el pedido de un expediente"),
    "record_request.printed": Sentence(
        "opened the letter that asks for a record", "abrió la carta que pide un expediente"
    ),
    "record_requests.listed": Sentence(
        "saw {your} name in the list of records that were asked for", "vio su nombre en la lista de expedientes pedidos"
    ),
    # referrals, in and out
    "referral.incoming_began": Sentence("took in a referral", "recibió una remisión"),
    "referral.outgoing_began": Sentence(
        "began {your} referral to another practice", "comenzó su remisión a otro consultorio"
    ),
    "referrals.listed": Sentence("saw {your} referral in a list", "vio su remisión en una lista"),
    "referral_filter.saved": Sentence(
        "kept a filter of the list of referrals", "guardó un filtro de la lista de remisiones"
    ),
    "referral_filter.deleted": Sentence(
        "deleted a filter of the list of referrals", "eliminó un filtro de la lista de remisiones"
    ),
    "referrals.board_listed": Sentence(
        "saw {your} referral on the board of the morning", "vio su remisión en el tablero de la mañana"
    ),
    "referrals.measured": Sentence(
        "saw how many referrals were completed, without names", "vio cuántas remisiones se completaron, sin nombres"
    ),
    "referrals.measures_exported": Sentence(
        "exported how many referrals were completed, without names",
        "exportó cuántas remisiones se completaron, sin nombres",
    ),
    "outcomes.read": Sentence(
        "saw what the clinic's injections did, without names",
        "vio qué efecto tuvieron las inyecciones de la clínica, sin nombres",
    ),
    "outcomes.exported": Sentence(
        "exported what the clinic's injections did, without names",
        "exportó qué efecto tuvieron las inyecciones de la clínica, sin nombres",
    ),
    "targets.set": Sentence("set how long a step may take", "fijó cuánto puede tardar un paso"),
    "referral.opened": Sentence("opened {your} referral", "abrió su remisión"),
    "referral.matched": Sentence("found out whom a referral is about", "identificó de quién trata una remisión"),
    "referral.practice_named": Sentence("named the practice of a referral", "indicó el consultorio de una remisión"),
    "referral.received": Sentence("noted that {your} referral arrived", "anotó que su remisión llegó"),
    "referral.needs_information": Sentence(
        "noted that {your} referral lacks something", "anotó que a su remisión le falta algo"
    ),
    "referral.accepted": Sentence("accepted {your} referral", "aceptó su remisión"),
    "referral.refused": Sentence("refused {your} referral, with a reason", "rechazó su remisión, con una razón"),
    "referral.handed_back": Sentence(
        "handed {your} referral back, with a reason", "devolvió su remisión, con una razón"
    ),
    "referral.invited": Sentence(
        "noted that you were invited for {your} referral", "anotó la invitación por su remisión"
    ),
    "referral.in_review": Sentence("saw {your} referral go to the doctor", "vio pasar su remisión al médico"),
    "referral.decided": Sentence("saw {your} referral decided", "vio decidida su remisión"),
    "referral.answer_sent": Sentence("sent the answer to {your} referral", "envió la respuesta a su remisión"),
    "referral.sent": Sentence("sent {your} referral", "envió su remisión"),
    "referral.booked": Sentence("noted {your} visit at another practice", "anotó su cita en otro consultorio"),
    "referral.attended": Sentence("noted that {your} visit took place", "anotó que su cita se realizó"),
    "referral.not_attended": Sentence("noted that {your} visit did not take place", "anotó que su cita no se realizó"),
    "referral.discharged": Sentence(
        "noted that {your} course there has ended", "anotó que su tratamiento allí terminó"
    ),
    "referral.report_received": Sentence("entered the report on {your} referral", "anotó el informe sobre su remisión"),
    "referral.read": Sentence("read the report on {your} referral", "leyó el informe sobre su remisión"),
    "referral.patient_told": Sentence("noted that you were told the result", "anotó que se le informó el resultado"),
    "referral.closed": Sentence("closed {your} referral", "cerró su remisión"),
    "referral.cancelled": Sentence("cancelled {your} referral", "canceló su remisión"),
    "referral.carried_over": Sentence(
        "took what the referrer said over into {your} record", "pasó a su expediente lo que dijo quien le remitió"
    ),
    "referral.answer_opened": Sentence("opened the answer to {your} referral", "abrió la respuesta a su remisión"),
    "referral.call": Sentence("made a call about {your} referral", "llamó por su remisión"),
    "referral.snooze": Sentence("put off {your} referral, with a reason", "aplazó su remisión, con una razón"),
    "referral.assign": Sentence("handed {your} referral to a colleague", "pasó su remisión a un colega"),
    "referral.escalate": Sentence("raised an alarm about {your} referral", "dio la alarma por su remisión"),
    "referral.urgency": Sentence("changed how urgent {your} referral is", "cambió la urgencia de su remisión"),
    "referral.added": Sentence("added to what was said in {your} referral", "añadió algo a lo dicho en su remisión"),
    "referral.withdrawn": Sentence(
        "said that {your} referral is no longer needed", "dijo que su remisión ya no hace falta"
    ),
    "referral.followed": Sentence(
        "saw where {your} referral stands, by a private link",
        "vio en qué punto está su remisión, por un enlace privado",
    ),
    "referral.file_opened": Sentence("opened a file of {your} referral", "abrió un archivo de su remisión"),
    "referral.file_missing": Sentence(
        "could not open a file of {your} referral", "no pudo abrir un archivo de su remisión"
    ),
    "referral.link_opened": Sentence(
        "opened the private link of {your} referral", "abrió el enlace privado de su remisión"
    ),
    "order.drafted": Sentence("began a letter about you", "comenzó una carta sobre usted"),
    "order.opened": Sentence("opened the letter of {your} referral", "abrió la carta de su remisión"),
    "order.written": Sentence("changed the letter of {your} referral", "cambió la carta de su remisión"),
    "order.signed": Sentence("signed the letter of {your} referral", "firmó la carta de su remisión"),
    "order.printed": Sentence("printed the letter of {your} referral", "imprimió la carta de su remisión"),
    "referral.link_made": Sentence("made a private link for a practice", "creó un enlace privado para un consultorio"),
    "referral.link_revoked": Sentence("took a private link back", "retiró un enlace privado"),
    # reminders
    "reminder.written": Sentence("let a reminder go out to {your} address", "hizo enviar un recordatorio"),
    "reminder.lost": Sentence("noted that a reminder did not arrive", "anotó que un recordatorio no llegó"),
    "reminders.listed": Sentence(
        "saw {your} name in a list of reminders", "vio su nombre en una lista de recordatorios"
    ),
    "reminders.link_opened": Sentence(
        "opened the page to stop reminders", "abrió la página para detener los recordatorios"
    ),
    "reminders.stopped": Sentence("stopped reminders", "detuvo los recordatorios"),
    "reminders.allowed": Sentence("allowed reminders again", "permitió de nuevo los recordatorios"),
    # rehabilitation
    "window.listed": Sentence(
        "saw {your} name in a list of who should begin physical therapy",
        "vio su nombre en una lista de quienes deben comenzar terapia física",
    ),
    "window.no_referral": Sentence(
        "noted why you are not referred to physical therapy", "anotó por qué no se le remite a terapia física"
    ),
    "window.no_referral_taken_back": Sentence(
        "took back why you are not referred to physical therapy", "retiró por qué no se le remite a terapia física"
    ),
    "window.days_set": Sentence(
        "set how soon physical therapy should begin", "fijó cuán pronto debe comenzar la terapia física"
    ),
    # check-ins
    "check_in.asked": Sentence("let a mail ask how it goes", "hizo preguntar por correo cómo va todo"),
    "check_in.link_opened": Sentence(
        "opened the private link of a check-in", "abrió el enlace privado de una pregunta"
    ),
    "check_in.opened": Sentence("opened a check-in", "abrió una pregunta de seguimiento"),
    "check_in.answered": Sentence("answered how it goes", "respondió cómo va todo"),
    "check_in.struck": Sentence("struck out an answer to a check-in", "anuló una respuesta de seguimiento"),
    "check_in.tried": Sentence("called, and no answer came of it", "llamó y no obtuvo respuesta"),
    "check_ins.listed": Sentence(
        "saw {your} name in a list of people to call", "vio su nombre en una lista de personas para llamar"
    ),
    "check_ins.read": Sentence(
        "read {your} answers after an injection", "leyó sus respuestas después de una inyección"
    ),
    "check_ins.stopped": Sentence("stopped the questions after an injection", "detuvo las preguntas de seguimiento"),
    "check_ins.allowed": Sentence(
        "allowed the questions after an injection again", "permitió de nuevo las preguntas de seguimiento"
    ),
    "check_in_plan.set": Sentence("changed when patients are asked", "cambió cuándo se pregunta a los pacientes"),
    # mail
    "messages.listed": Sentence("looked at the outgoing mail", "vio el correo saliente"),
    "message.written": Sentence("caused a mail", "hizo enviar un correo"),
    "message.queued": Sentence("will try a mail again", "intentará enviar de nuevo un correo"),
    "message.sending": Sentence("began to send a mail", "comenzó a enviar un correo"),
    "message.sent": Sentence("sent a mail", "envió un correo"),
    "message.failed": Sentence("could not send a mail", "no pudo enviar un correo"),
    "message.unknown": Sentence("does not know whether a mail arrived", "no sabe si un correo llegó"),
    "message.bounced": Sentence("noted that a mail came back", "anotó que un correo fue devuelto"),
    "message.resent": Sentence("sent a mail again", "envió de nuevo un correo"),
    # administration
    "clinic.changed": Sentence("changed the clinic's name or numbers", "cambió el nombre o los números de la clínica"),
    "clinic.logo_changed": Sentence("changed the logo", "cambió el logotipo"),
    "clinic.logo_removed": Sentence("removed the logo", "quitó el logotipo"),
    "location.added": Sentence("added a location", "agregó una sede"),
    "location.changed": Sentence("changed a location", "cambió una sede"),
    "location.closed": Sentence("closed a location", "cerró una sede"),
    "location.reopened": Sentence("opened a location again", "reabrió una sede"),
    "staff.changed": Sentence("changed a name or address of staff", "cambió un nombre o una dirección del personal"),
    "staff.role_changed": Sentence("changed somebody's role", "cambió la función de alguien"),
    "staff.second_factor_reset": Sentence("reset a second step", "restableció un segundo paso"),
    "staff.deactivated": Sentence(
        "closed a colleague's sign-in and handed {your} case over", "cerró el acceso de un colega y entregó su caso"
    ),
    "staff.reactivated": Sentence("opened a sign-in again", "reabrió un acceso"),
    # scanned faxes
    "fax.taken_in": Sentence("took in a scanned fax", "recibió un fax escaneado"),
    "faxes.trouble_began": Sentence(
        "found something that cannot be taken in from the fax folder",
        "encontró algo que no se puede recibir de la carpeta de faxes",
    ),
    "faxes.listed": Sentence("looked at the list of scanned faxes", "vio la lista de faxes escaneados"),
    "fax.opened": Sentence("opened a scanned fax", "abrió un fax escaneado"),
    "fax.pages_opened": Sentence("opened the pages of a scanned fax", "abrió las páginas de un fax escaneado"),
    "fax.place_sought": Sentence(
        "looked whether a scanned fax belongs to {your} record", "miró si un fax escaneado es de su expediente"
    ),
    "fax.filed": Sentence("filed a scanned fax in {your} record", "archivó un fax escaneado en su expediente"),
    "fax.taken_back": Sentence(
        "took a scanned fax out of {your} record again", "retiró de su expediente un fax escaneado"
    ),
    "fax.set_aside": Sentence("set a scanned fax aside", "apartó un fax escaneado"),
    "fax.taken_up": Sentence("took up a scanned fax that was set aside", "retomó un fax escaneado que estaba apartado"),
    # the rules
    "set.taken_in": Sentence("took in a criteria set", "incorporó un conjunto de criterios"),
    "set.uploaded": Sentence("uploaded a criteria set", "subió un conjunto de criterios"),
    "set.signed_off": Sentence("signed off a criteria set", "aprobó con su firma un conjunto de criterios"),
    "set.begins": Sentence("let a criteria set count from a day", "fijó desde qué día vale un conjunto de criterios"),
    "set.ends": Sentence(
        "let a criteria set end on a day", "fijó desde qué día deja de valer un conjunto de criterios"
    ),
    "preview.started": Sentence(
        "began to weigh all open cases by other rules", "comenzó a evaluar todos los casos abiertos con otras reglas"
    ),
    "preview.cancelled": Sentence(
        "stopped weighing open cases by other rules", "detuvo la evaluación de casos abiertos con otras reglas"
    ),
    "preview.done": Sentence(
        "weighed all open cases by other rules", "evaluó todos los casos abiertos con otras reglas"
    ),
    "preview.failed": Sentence(
        "could not weigh all open cases by other rules", "no pudo evaluar todos los casos abiertos con otras reglas"
    ),
    "preview.opened": Sentence(
        "saw what other rules would change for {your} case", "vio qué cambiarían otras reglas en su caso"
    ),
    "plan.mapped": Sentence("said which criteria a plan goes by", "indicó por qué criterios se rige un plan"),
    "plan.unmapped": Sentence(
        "forgot which criteria a plan goes by", "quitó la indicación de por qué criterios se rige un plan"
    ),
    "payers.counted": Sentence(
        "saw how many patients named which payer, without their names",
        "vio cuántos pacientes nombraron cada seguro, sin sus nombres",
    ),
    "opinion.struck": Sentence(
        "took away what a reader wrote of a page", "quitó lo que un lector escribió sobre una página"
    ),
    # the pages for patients
    "learn.asked": Sentence("asked a clinician to approve a page", "pidió que un médico apruebe una página"),
    "learn.approved": Sentence("approved a page for patients", "aprobó una página para pacientes"),
    "learn.sent_back": Sentence("asked for changes of a page", "pidió cambios en una página"),
    "learn.still_right": Sentence("found a page still right", "confirmó que una página sigue siendo correcta"),
    "learn.laid_out": Sentence("laid a page out for translation", "preparó una página para traducirla"),
    "learn.still_fits": Sentence(
        "found that a translation needs no change", "confirmó que una traducción no necesita cambios"
    ),
    "events.listed": Sentence("read this log", "leyó este registro de actividad"),
    "events.exported": Sentence("exported this log", "exportó este registro de actividad"),
    "looks.listed": Sentence("looked at this page", "vio esta página"),
}

UNKNOWN = Sentence("worked with {your} record", "trabajó con su expediente")


def sentence(verb: str, language: str, your: str = "the") -> str:
    """What happened, without its subject, in "es" or in English."""
    said = SENTENCES.get(verb, UNKNOWN)
    return said.es if language.startswith("es") else said.en.format(your=your)
