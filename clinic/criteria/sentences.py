"""The sentences of the reasons, in English and Spanish, and the titles of the clauses. Data, in our own words."""

CLAUSE_TITLES = {
    "indication": ("Diagnosis and pain pattern", "Diagnóstico y tipo de dolor"),
    "evaluation": ("Evaluation", "Evaluación"),
    "imaging": ("Imaging or nerve study", "Imágenes o estudio de los nervios"),
    "severity": ("Severity", "Intensidad del dolor"),
    "conservative-care": ("Care tried first", "Tratamientos probados antes"),
    "medication-trial": ("Medicine tried", "Medicina probada"),
    "physical-therapy": ("Physical therapy", "Terapia física"),
    "behavioural-care": ("Behavioural care", "Atención de la conducta"),
    "guidance": ("Image guidance", "Guía por imágenes"),
    "levels": ("Levels and sides", "Niveles y lados"),
    "rehabilitation": ("Rehabilitation alongside", "Rehabilitación al mismo tiempo"),
    "aim": ("Aim", "Objetivo"),
    "repeat": ("Effect of the last injection", "Efecto de la última inyección"),
    "interval": ("Time since the last injection", "Tiempo desde la última inyección"),
    "cap-6-months": ("Number in 6 months", "Cantidad en 6 meses"),
    "cap-12-months": ("Number in 12 months", "Cantidad en 12 meses"),
    "no-series": ("No series ordered in advance", "Sin serie pedida por adelantado"),
    "beyond-12-months": ("Beyond 12 months", "Más de 12 meses"),
    "exclusions": ("Not covered", "No cubierto"),
    "contraindications": ("Contraindications", "Contraindicaciones"),
    "sedation": ("Sedation", "Sedación"),
}

SENTENCES = {
    # What nobody has said
    "not-said": ("not yet on record: {facts:facts}", "falta saber: {facts:facts}"),
    "rule-not-chosen": (
        "which rule applies depends on what is not yet on record: {facts:facts}",
        "qué regla vale depende de algo que falta saber: {facts:facts}",
    ),
    "whichever-rule": (
        "the answer is the same whatever is said of this: {facts:facts}",
        "la respuesta es la misma se diga lo que se diga de esto: {facts:facts}",
    ),
    "record-cannot-be": (
        "some entries of the record cannot be, so nothing was weighed",
        "algunos datos del expediente no pueden ser, así que no se valoró nada",
    ),
    # Care
    "pain-days": ("pain for {days:days}", "dolor desde hace {days:days}"),
    "pain-days-short": (
        "pain for {most:days}, and at least {needed:number} are asked for",
        "dolor desde hace {most:days}, y se piden al menos {needed:number}",
    ),
    "pain-days-open": (
        "pain for {least:number} to {most:days}, depending on the exact first day, where at least {needed:number} "
        "are asked for",
        "dolor desde hace {least:number} a {most:days}, según el primer día exacto, y se piden al menos "
        "{needed:number}",
    ),
    "care-days": (
        "{days:days} of care since {since:date}, counted once where therapies overlap",
        "{days:days} de tratamiento desde el {since:date}, contados una sola vez cuando coinciden",
    ),
    "care-days-at-least": (
        "at least {least:days} of care, counted once where therapies overlap",
        "al menos {least:days} de tratamiento, contados una sola vez cuando coinciden",
    ),
    "care-days-short": (
        "{days:days} of care that did not help enough, and at least {needed:number} are asked for",
        "{days:days} de tratamiento que no ayudó lo suficiente, y se piden al menos {needed:number}",
    ),
    "care-days-at-most": (
        "at most {most:days} of care that did not help enough, and at least {needed:number} are asked for",
        "como máximo {most:days} de tratamiento que no ayudó lo suficiente, y se piden al menos {needed:number}",
    ),
    "care-days-in-window": (
        "{days:days} of care in the last {months:months}, counted once where therapies overlap",
        "{days:days} de tratamiento en los últimos {months:months}, contados una sola vez cuando coinciden",
    ),
    "care-days-at-least-in-window": (
        "at least {least:days} of care in the last {months:months}, counted once where therapies overlap",
        "al menos {least:days} de tratamiento en los últimos {months:months}, contados una sola vez cuando coinciden",
    ),
    "care-days-short-in-window": (
        "{days:days} of care in the last {months:months} that did not help enough, and at least {needed:number} are "
        "asked for",
        "{days:days} de tratamiento en los últimos {months:months} que no ayudó lo suficiente, y se piden al menos "
        "{needed:number}",
    ),
    "care-days-at-most-in-window": (
        "at most {most:days} of care in the last {months:months} that did not help enough, and at least "
        "{needed:number} are asked for",
        "como máximo {most:days} de tratamiento en los últimos {months:months} que no ayudó lo suficiente, y se "
        "piden al menos {needed:number}",
    ),
    "care-days-old": (
        "at least {needed:days} of care, but it ended more than {months:months} ago and none is on record since; "
        "the text does not say how recent it must be",
        "al menos {needed:days} de tratamiento, pero terminó hace más de {months:months} y no hay otro desde "
        "entonces; el texto no dice qué tan reciente debe ser",
    ),
    "care-days-open": (
        "{least:number} to {most:days} of care, depending on what is not said exactly, where at least "
        "{needed:number} are asked for",
        "de {least:number} a {most:days} de tratamiento, según lo que no se sabe con exactitud, y se piden al menos "
        "{needed:number}",
    ),
    "care-days-open-ended": (
        "at least {least:days} of care, and a first day is not known, where at least {needed:number} are asked for",
        "al menos {least:days} de tratamiento, y falta un primer día; se piden al menos {needed:number}",
    ),
    "intolerance-documented": (
        "a clinician documented that care could not be tolerated or must not be done",
        "un profesional documentó que un tratamiento no se toleró o no se debe hacer",
    ),
    "intolerance-absent": ("no documented intolerance", "sin intolerancia documentada"),
    "acute-injury-imaged": (
        "imaging documents an acute disc injury",
        "las imágenes muestran una lesión aguda del disco",
    ),
    "acute-injury-not-imaged": (
        "no acute disc injury on imaging",
        "las imágenes no muestran una lesión aguda del disco",
    ),
    "zoster-exempt": (
        "acute shingles that does not respond to care is exempt from the weeks",
        "el herpes zóster agudo que no responde al tratamiento no necesita esas semanas",
    ),
    "zoster-not-exempt": (
        "the exemption for acute shingles that does not respond to care does not apply",
        "la excepción por herpes zóster agudo que no responde al tratamiento no vale aquí",
    ),
    "active-therapy": (
        "at least {least:days} of {kinds:any} with active exercise",
        "al menos {least:days} de {kinds:any} con ejercicio activo",
    ),
    "active-therapy-short": (
        "{most:days} of {kinds:any} with active exercise, and at least {needed:number} are asked for",
        "{most:days} de {kinds:any} con ejercicio activo, y se piden al menos {needed:number}",
    ),
    "active-therapy-open": (
        "at least {least:days} of {kinds:any} with active exercise, where {needed:number} are asked for and not all is "
        "said exactly",
        "al menos {least:days} de {kinds:any} con ejercicio activo; se piden {needed:number} y no todo se sabe con "
        "exactitud",
    ),
    "medication-tried": (
        "a prescribed pain or anti-inflammatory medicine was tried at a dose expected to work",
        "se probó una medicina recetada contra el dolor o la inflamación en una dosis suficiente",
    ),
    "medication-not-tried": (
        "no prescribed pain or anti-inflammatory medicine at a dose expected to work is on record",
        "no consta una medicina recetada contra el dolor o la inflamación en una dosis suficiente",
    ),
    "adjunct-alone": (
        "only a supporting medicine is on record; whether it counts is for a person",
        "solo consta una medicina de apoyo; una persona decide si cuenta",
    ),
    "therapy-on-record": ("on record: {kinds:names}", "consta: {kinds:names}"),
    "therapy-not-on-record": ("not on record: {kinds:any}", "no consta: {kinds:any}"),
    # Evidence
    "covered": (
        "the diagnosis and pain pattern are among those covered",
        "el diagnóstico y el tipo de dolor están entre los cubiertos",
    ),
    "covered-not_met": (
        "the diagnosis and pain pattern are not among those covered",
        "el diagnóstico y el tipo de dolor no están entre los cubiertos",
    ),
    "covered-review": (
        "the text does not say whether this diagnosis and pain pattern are covered",
        "el texto no dice si este diagnóstico y este tipo de dolor están cubiertos",
    ),
    "exam-concordant": ("the examination supports it", "el examen físico lo apoya"),
    "exam-discordant": ("the examination does not support it", "el examen físico no lo apoya"),
    "root-signs": ("signs of a nerve root were found", "se hallaron signos de una raíz nerviosa"),
    "no-root-signs": ("no signs of a nerve root were found", "no se hallaron signos de una raíz nerviosa"),
    "imaging-concordant": ("imaging agrees with the complaint", "las imágenes coinciden con la molestia"),
    "imaging-discordant": ("imaging does not agree with the complaint", "las imágenes no coinciden con la molestia"),
    "no-imaging": ("no such imaging was done", "no se hicieron esas imágenes"),
    "no-image-for-review": (
        "no imaging was done; the text asks for it even in acute shingles, which a person must weigh",
        "no se hicieron imágenes; el texto las pide incluso en el herpes zóster agudo, y una persona debe valorarlo",
    ),
    "modality-fits": ("the study is of the kind asked for", "el estudio es del tipo que se pide"),
    "modality-does-not": ("a study is not of the kind asked for", "un estudio no es del tipo que se pide"),
    "image-recent": (
        "the study of {on:date} is within {months:months}",
        "el estudio del {on:date} está dentro de {months:months}",
    ),
    "image-on-limit": (
        "the study of {on:date} is exactly {months:months} old",
        "el estudio del {on:date} tiene exactamente {months:months}",
    ),
    "image-old": (
        "the study of {on:date} is older than {months:months}",
        "el estudio del {on:date} tiene más de {months:months}",
    ),
    "image-age-open": (
        "whether the study is within {months:months} depends on its exact date",
        "si el estudio está dentro de {months:months} depende de su fecha exacta",
    ),
    "nerve-study": ("a concordant nerve study shows it", "un estudio de los nervios que coincide lo muestra"),
    "no-nerve-study": ("no concordant nerve study shows it", "ningún estudio de los nervios que coincida lo muestra"),
    "recent": (
        "{fact:fact}, {on:date}, is less than {months:months} ago",
        "{fact:fact}, {on:date}, fue hace menos de {months:months}",
    ),
    "not-recent": (
        "{fact:fact}, {on:date}, is {months:months} ago or more",
        "{fact:fact}, {on:date}, fue hace {months:months} o más",
    ),
    "recent-open": (
        "whether {fact:fact} is less than {months:months} ago depends on the exact date",
        "si {fact:fact} fue hace menos de {months:months} depende de la fecha exacta",
    ),
    "evaluated": ("evaluated by {facts:facts}", "evaluado con: {facts:facts}"),
    # Severity
    "limits-daily-life": ("the pain limits daily life", "el dolor limita la vida diaria"),
    "does-not-limit": ("the pain does not limit daily life", "el dolor no limita la vida diaria"),
    "scale-on-record": ("on record with a score: {scales:names}", "constan con un puntaje: {scales:names}"),
    "scale-absent": (
        "the record is closed without a score on a named scale",
        "el expediente se cerró sin un puntaje en una escala con nombre",
    ),
    "score-enough": (
        "{scale:name} {value:number}, where {least:number} or more is asked for",
        "{scale:name} {value:number}; se pide {least:number} o más",
    ),
    "score-low": (
        "{scale:name} {value:number} is below the {least:number} asked for",
        "{scale:name} {value:number} es menos de {least:number}, que se pide",
    ),
    "average-enough": (
        "average pain: {scale:name} {value:number}, where {least:number} or more is asked for",
        "dolor promedio: {scale:name} {value:number}; se pide {least:number} o más",
    ),
    "average-low": (
        "average pain: {scale:name} {value:number}, below the {least:number} asked for",
        "dolor promedio: {scale:name} {value:number}, menos de {least:number}, que se pide",
    ),
    "number-and-words-disagree": (
        "{scale:name} {value:number} and the word {words:name} disagree",
        "{scale:name} {value:number} y la palabra {words:name} no coinciden",
    ),
    "scores-disagree": (
        "scores of the same day lie on both sides of what is asked for",
        "los puntajes del mismo día quedan a ambos lados de lo que se pide",
    ),
    "words-enough": (
        "no number is on record; called {words:name}",
        "no consta un número; se describe como {words:name}",
    ),
    "words-low": (
        "no number is on record; called only {words:name}",
        "no consta un número; se describe solo como {words:name}",
    ),
    # Plan
    "fact-is": ("{fact:fact}: {value:name}", "{fact:fact}: {value:name}"),
    "fact-is-not": (
        "{fact:fact}: {value:name}, where {allowed:any} is asked for",
        "{fact:fact}: {value:name}; se pide: {allowed:any}",
    ),
    "fact-present": (
        "{fact:fact}: {value:name}, which speaks against it",
        "{fact:fact}: {value:name}, lo que habla en contra",
    ),
    "fact-absent": ("{fact:fact}: nothing that speaks against it", "{fact:fact}: nada en contra"),
    "none-of": (
        "none of this speaks against it: {facts:facts}",
        "nada de esto habla en contra: {facts:facts}",
    ),
    "guidance-with-contrast": (
        "planned image guidance: {guidance:name} with contrast",
        "guía por imágenes planeada: {guidance:name} con medio de contraste",
    ),
    "guidance-not-allowed": (
        "planned image guidance: {guidance:name}, which is not accepted",
        "guía por imágenes planeada: {guidance:name}, que no se acepta",
    ),
    "guidance-exception": (
        "planned image guidance: {guidance:name}, in place of fluoroscopy or CT with contrast, for a reason on record",
        "guía por imágenes planeada: {guidance:name}, en lugar de fluoroscopia o tomografía con "
        "contraste, por una razón que consta",
    ),
    "guidance-without-exception": (
        "planned image guidance: {guidance:name}, in place of fluoroscopy or CT with contrast, "
        "and no reason for it is on record",
        "guía por imágenes planeada: {guidance:name}, en lugar de fluoroscopia o tomografía con "
        "contraste, y no consta una razón",
    ),
    "levels": ("planned: {levels:levels}, {approach:name}", "planeado: {levels:levels}, vía {approach:name}"),
    "levels-too-many": (
        "planned: {levels:levels}, {approach:name}, where at most {most:number} are accepted",
        "planeado: {levels:levels}, vía {approach:name}; se acepta como máximo {most:number}",
    ),
    "levels-contiguous": ("the levels are next to each other", "los niveles son vecinos"),
    "levels-apart": ("the levels are not next to each other", "los niveles no son vecinos"),
    "one-region": ("one region", "una sola región"),
    "regions-too-many": (
        "{regions:number} regions in one session, where one is accepted",
        "{regions:number} regiones en una sesión, y se acepta una",
    ),
    "one-side": ("not on both sides", "no en ambos lados"),
    "both-sides-never": ("both sides are not accepted with this approach", "no se aceptan ambos lados por esta vía"),
    "bilateral-reason-written": ("a reason for both sides is written", "consta la razón para ambos lados"),
    "bilateral-reason-absent": ("no reason for both sides is written", "no consta la razón para ambos lados"),
    "sedation-light": ("sedation: {sedation:name}", "sedación: {sedation:name}"),
    "sedation-reason-absent": ("no reason for the sedation is written", "no consta la razón para la sedación"),
    "sedation-for-review": (
        "sedation ({sedation:name}) with a written reason, which a person must weigh",
        "sedación ({sedation:name}) con una razón escrita, que una persona debe valorar",
    ),
    # Earlier injections
    "first-injection": ("this would be the first injection counted here", "sería la primera inyección que cuenta aquí"),
    "last-session-open": (
        "the answer depends on what is not said exactly about earlier injections",
        "la respuesta depende de lo que no se sabe con exactitud de inyecciones anteriores",
    ),
    "sessions-of-one-day": (
        "two injections of the same day had different effects",
        "dos inyecciones del mismo día tuvieron efectos distintos",
    ),
    "scale-better": (
        "{scale:name} improved by {change:number} % on the same scale, where at least {percent:number} % is asked for",
        "{scale:name} mejoró un {change:number} % en la misma escala; se pide al menos {percent:number} %",
    ),
    "scale-not-better": (
        "at best {scale:name} improved by {change:number} % on the same scale, below {percent:number} %",
        "como mucho {scale:name} mejoró un {change:number} % en la misma escala, menos de {percent:number} %",
    ),
    "other-scale-only": (
        "the follow-up is on another scale than the score before the injection, so the change cannot be told",
        "el puntaje posterior es de otra escala que el anterior a la inyección, así que no se puede saber el cambio",
    ),
    "change-cannot-be-told": (
        "the change on the same scale as before the last injection cannot be told",
        "no se puede saber el cambio en la misma escala que antes de la última inyección",
    ),
    "relief-lasted": (
        "the relief lasted at least until {needed:date}",
        "el alivio duró al menos hasta el {needed:date}",
    ),
    "relief-too-short": ("the relief did not last until {needed:date}", "el alivio no duró hasta el {needed:date}"),
    "relief-too-early": (
        "it is too early: relief until {needed:date} is asked for",
        "es muy pronto: se pide alivio hasta el {needed:date}",
    ),
    "relief-contradicts": (
        "what is on record about how long the relief lasted contradicts itself",
        "lo que consta sobre cuánto duró el alivio se contradice",
    ),
    "relief-end-open": (
        "whether the relief lasted until {needed:date} is not known exactly",
        "no se sabe con exactitud si el alivio duró hasta el {needed:date}",
    ),
    "relief-enough": (
        "{relief:number} % relief by the patient's own account, where {percent:number} % is asked for",
        "{relief:number} % de alivio según el paciente; se pide {percent:number} %",
    ),
    "relief-not-enough": (
        "{relief:number} % relief by the patient's own account, below {percent:number} %",
        "{relief:number} % de alivio según el paciente, menos de {percent:number} %",
    ),
    "relief-for-review": (
        "{relief:number} % relief by the patient's own account; the text names no figure",
        "{relief:number} % de alivio según el paciente; el texto no da una cifra",
    ),
    "function-better": (
        "function improved or less medicine was needed",
        "mejoró la función o se necesitó menos medicina",
    ),
    "function-not-better": (
        "neither did function improve nor was less medicine needed",
        "no mejoró la función ni se necesitó menos medicina",
    ),
    "waited": ("{days:days} since the injection of {on:date}", "{days:days} desde la inyección del {on:date}"),
    "not-waited": (
        "{days:days} since the injection of {on:date}, and at least {needed:number} are asked for",
        "{days:days} desde la inyección del {on:date}, y se piden al menos {needed:number}",
    ),
    "next-differs": ("the next one differs from the last", "la próxima es distinta de la última"),
    "next-is-the-same": ("the next one does not differ from the last", "la próxima no es distinta de la última"),
    "rationale-written": ("the rationale is written", "consta el motivo"),
    "rationale-absent": ("no rationale is written", "no consta el motivo"),
    "starts-again": (
        "the last injection, {on:date}, is more than {years:years} ago, so this starts again as a first one",
        "la última inyección, {on:date}, fue hace más de {years:years}, así que se empieza de nuevo",
    ),
    "new-pathology": (
        "with new pathology this starts again as a first one",
        "con una nueva lesión o enfermedad se empieza de nuevo",
    ),
    "repeat-not-read": (
        "the last injection was on {on:date}; the part of the text on repeats was not read",
        "la última inyección fue el {on:date}; la parte del texto sobre repeticiones no se leyó",
    ),
    "cap": (
        "the planned one would be number {count:number} of {most:number} in {months:months}",
        "la planeada sería la número {count:number} de {most:number} en {months:months}",
    ),
    "cap-exceeded": (
        "the planned one would be number {count:number} in {months:months}, and at most {most:number} are accepted",
        "la planeada sería la número {count:number} en {months:months}, y se aceptan como máximo {most:number}",
    ),
    "cap-anniversary": (
        "one was given on {since:date}, exactly {months:months} ago, and whether it counts decides",
        "una se dio el {since:date}, hace exactamente {months:months}, y de si cuenta depende la respuesta",
    ),
    "cap-new-injury": (
        "the planned one would be number {count:number} in {months:months}, more than {most:number}, after a new acute "
        "injury",
        "la planeada sería la número {count:number} en {months:months}, más de {most:number}, después de una nueva "
        "lesión aguda",
    ),
    "cap-both-sides": (
        "the text does not say whether both sides at one level count as one or two of the {most:number} in "
        "{months:months}",
        "el texto no dice si ambos lados de un nivel cuentan como una o dos de las {most:number} en {months:months}",
    ),
    "cap-open": (
        "the planned one would be number {count:number} to {highest:number} in {months:months}, where at most "
        "{most:number} are accepted",
        "la planeada sería la número {count:number} a {highest:number} en {months:months}, y se aceptan como máximo "
        "{most:number}",
    ),
    "failed-sessions": (
        "{count:number} or more earlier injections brought less than {percent:number} % relief",
        "{count:number} o más inyecciones anteriores dieron menos de {percent:number} % de alivio",
    ),
    "failed-sessions-few": (
        "{count:injections} brought less than {percent:number} % relief, fewer than {most:number}",
        "{count:injections} con menos de {percent:number} % de alivio, menos de {most:number}",
    ),
    "course-short": (
        "the course, begun on {since:date}, has not run for more than {months:months}",
        "el tratamiento con inyecciones, desde el {since:date}, no lleva más de {months:months}",
    ),
    "course-open": (
        "whether the course has run for more than {months:months} depends on its exact first day",
        "si el tratamiento con inyecciones lleva más de {months:months} depende de su primer día exacto",
    ),
    "no-old-session": (
        "no injection on record in this region is more than {months:months} old",
        "ninguna inyección que consta en esta región tiene más de {months:months}",
    ),
    "long-course-reason": (
        "reason for going on beyond a year: {reason:name}",
        "razón para seguir más de un año: {reason:name}",
    ),
    "long-course-reason-absent": (
        "no reason for going on beyond a year is written",
        "no consta una razón para seguir más de un año",
    ),
    "primary-care-told": ("primary care was told", "se avisó al médico de cabecera"),
    "primary-care-not-told": ("primary care was not told", "no se avisó al médico de cabecera"),
    "clause-not-applicable": (
        "a long course is on record, but no injection on which to judge: {clause:clause}",
        "consta un tratamiento largo, pero ninguna inyección para valorar: {clause:clause}",
    ),
    # Safety
    "urgent-sign": ("on record: {facts:facts}", "consta: {facts:facts}"),
    "hold": ("to be settled first: {facts:facts}", "hay que resolver antes: {facts:facts}"),
    "hold-blood-thinner": (
        "a blood thinner whose stop is not agreed with its prescriber",
        "un anticoagulante cuya suspensión no se acordó con quien lo receta",
    ),
    "hold-diabetes": ("diabetes that is not said to be controlled", "diabetes sin que conste que está controlada"),
    "safety-unknown": ("nobody has said: {facts:facts}", "nadie lo ha dicho: {facts:facts}"),
}
