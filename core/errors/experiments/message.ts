/** Errors of messages. */
export const message = {
  unknown_placeholder: {
    status: 422,
    message: {
      es: 'marcador desconocido: {names}; se conocen {known}',
      en: 'unknown placeholder: {names}; known are {known}',
    },
    fix: { es: 'Use uno de la lista.', en: 'Use one of the list.' },
  },
  message_without_text: {
    status: 422,
    message: { es: 'la plantilla «{template}» no tiene texto', en: 'the template "{template}" has no text' },
    fix: {
      es: 'Escríbala en español, en inglés o en ambos.',
      en: 'Write it in Spanish, in English or in both.',
    },
  },
  email_without_subject: {
    status: 422,
    message: {
      es: 'el correo no tiene asunto en: {language}',
      en: 'the email has no subject in: {language}',
    },
    fix: {
      es: 'Escriba un asunto en cada idioma del texto.',
      en: 'Write a subject in each language of the text.',
    },
  },
  template_taken: {
    status: 409,
    message: { es: 'ya hay una plantilla «{template}»', en: 'there is already a template "{template}"' },
    fix: {
      es: 'Elija otro nombre, o escriba otra versión de ella.',
      en: 'Choose another name, or write another version of it.',
    },
  },
  template_shipped: {
    status: 409,
    message: {
      es: 'la plantilla «{template}» viene con Ensayo y no se cambia',
      en: 'the template "{template}" comes with Ensayo and is not changed',
    },
    fix: { es: 'Cópiela con otro nombre.', en: 'Copy it under another name.' },
  },
  template_moved: {
    status: 409,
    message: {
      es: 'la plantilla «{template}» es de {channel}; no puede pasar a {asked}',
      en: 'the template "{template}" is for {channel}; it cannot become {asked}',
    },
    fix: { es: 'Escriba otra plantilla para ese canal.', en: 'Write another template for that channel.' },
  },
  template_state: {
    status: 409,
    message: {
      es: 'la versión {version, number, integer} de «{template}» está {state}',
      en: 'version {version, number, integer} of "{template}" is {state}',
    },
    fix: {
      es: 'Sólo un borrador se aprueba, y sólo lo aprobado se retira.',
      en: 'Only a draft is approved, and only what is approved is retired.',
    },
  },
  template_by_author: {
    status: 409,
    message: {
      es: '{name} escribió la plantilla «{template}» y no puede aprobarla',
      en: '{name} wrote the template "{template}" and may not approve it',
    },
    fix: {
      es: 'Pida a otra persona que la lea y la apruebe.',
      en: 'Ask somebody else to read and approve it.',
    },
  },
  template_blocked: {
    status: 422,
    message: {
      es: 'la plantilla «{template}» no se puede usar: {reason_es}',
      en: 'the template "{template}" cannot be used: {reason_en}',
    },
    fix: {
      es: 'Mire sus motivos en Mensajes; corrija el texto o use el estilo neutral.',
      en: 'Look at its reasons in Messages; correct the text or use the neutral style.',
    },
  },
  text_blocked: {
    status: 422,
    message: {
      es: 'el texto «{template}» del brazo «{arm}» no se puede enviar: {reason_es}',
      en: 'the text "{template}" of arm "{arm}" cannot be sent: {reason_en}',
    },
    fix: {
      es: 'Corrija la plantilla en Mensajes, o use el estilo neutral en ese brazo.',
      en: 'Correct the template in Messages, or use the neutral style in that arm.',
    },
  },
  unknown_claim: {
    status: 422,
    message: {
      es: 'afirmación desconocida: «{kind}»; se conocen {known}',
      en: 'unknown claim: "{kind}"; known are {known}',
    },
    fix: { es: 'Elija una de la lista.', en: 'Choose one of the list.' },
  },
  unknown_consequence: {
    status: 422,
    message: {
      es: 'consecuencia desconocida: «{kind}»; se conocen {known}',
      en: 'unknown consequence: "{kind}"; known are {known}',
    },
    fix: { es: 'Elija una de la lista.', en: 'Choose one of the list.' },
  },
} as const;
