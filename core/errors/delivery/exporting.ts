/** Errors of the export step. */
export const exporting = {
  destination_options: {
    status: 422,
    message: {
      es: 'Opciones no válidas para el destino «{destination}»: {problems}',
      en: 'Invalid options for destination "{destination}": {problems}',
    },
    fix: { es: 'Corrija los campos señalados.', en: 'Correct the fields named.' },
  },
  destination_retired: {
    status: 409,
    message: {
      es: 'El destino «{name}» fue retirado el {at}',
      en: 'The destination "{name}" was retired on {at}',
    },
    fix: {
      es: 'Elija otro destino o prepare uno nuevo.',
      en: 'Choose another destination or set up a new one.',
    },
  },
  destination_named: {
    status: 409,
    message: {
      es: 'Ya hay un destino llamado «{name}»',
      en: 'There is a destination called "{name}" already',
    },
    fix: { es: 'Póngale otro nombre.', en: 'Give it another name.' },
  },
  destination_carries: {
    status: 422,
    message: {
      es: 'El destino «{name}» no lleva {carries}',
      en: 'The destination "{name}" does not carry {carries}',
    },
    fix: { es: 'Elija un destino que los lleve.', en: 'Choose a destination that carries them.' },
  },
  destination_used: {
    status: 409,
    message: {
      es: 'Por el destino «{name}» está saliendo el envío {run}',
      en: 'The run {run} is leaving by the destination "{name}"',
    },
    fix: {
      es: 'Espere a que termine o cancélelo antes de cambiar el destino.',
      en: 'Wait until it ends or cancel it before changing the destination.',
    },
  },
  secret_again: {
    status: 422,
    message: {
      es: 'El destino va ahora a otro lugar ({option}: «{value}») y el secreto guardado era del anterior',
      en: 'The destination leads elsewhere now ({option}: "{value}") and the secret kept was of the place before',
    },
    fix: { es: 'Escriba de nuevo los secretos.', en: 'Write the secrets again.' },
  },
  approval_needed: {
    status: 409,
    message: {
      es: 'Lo que sale por «{name}» necesita el nombre de quien lo aprueba',
      en: 'What leaves by "{name}" needs the name of the person who approves it',
    },
    fix: { es: 'Indique approvedBy.', en: 'Give approvedBy.' },
  },
  template_unmapped: {
    status: 409,
    message: {
      es: 'El destino «{name}» no sabe cómo se llaman allí estos textos, o no están aprobados: {templates}',
      en: 'The destination "{name}" does not know what these texts are called there, or they are not approved: {templates}',
    },
    fix: {
      es: 'Únalos a lo que esa herramienta envía, en la página del destino.',
      en: 'Map them to what that tool sends, on the page of the destination.',
    },
  },
  run_keys: {
    status: 409,
    message: {
      es: 'No sale nada: {problem} ({example})',
      en: 'Nothing leaves: {problem} ({example})',
    },
    fix: {
      es: 'Corrija la cartera y vuelva a revisar la tanda.',
      en: 'Correct the portfolio and check the batch again.',
    },
  },
  run_ended: {
    status: 409,
    message: {
      es: 'El envío {run} ya terminó ({state})',
      en: 'The run {run} has ended already ({state})',
    },
    fix: { es: 'No hay nada que pausar ni cancelar.', en: 'There is nothing to pause or cancel.' },
  },
  nothing_to_retry: {
    status: 409,
    message: {
      es: 'El envío {run} no tiene filas rechazadas que volver a intentar',
      en: 'The run {run} has no rejected rows to try again',
    },
    fix: {
      es: 'Las filas inciertas no se repiten: espere lo que responda el receptor.',
      en: 'Uncertain rows are not repeated: wait for what the receiver reports.',
    },
  },
  schedule_unreadable: {
    status: 422,
    message: {
      es: 'No se entiende el horario «{cron}» en {timeZone}: {reason}',
      en: 'The schedule "{cron}" in {timeZone} cannot be read: {reason}',
    },
    fix: {
      es: 'Escriba minuto, hora, día, mes y día de la semana: «0 18 * * 1-5» es a las 18:00 de lunes a viernes.',
      en: 'Write minute, hour, day, month and day of the week: "0 18 * * 1-5" is 18:00 from Monday to Friday.',
    },
  },
  address_refused: {
    status: 422,
    message: {
      es: 'La dirección «{address}» no se permite: {reason}',
      en: 'The address "{address}" is not allowed: {reason}',
    },
    fix: {
      es: 'Use una dirección pública con https, o pida a quien administra el servidor que la permita (ENSAYO_ALLOW_PRIVATE).',
      en: 'Use a public address with https, or ask the owner of the server to allow it (ENSAYO_ALLOW_PRIVATE).',
    },
  },
  ranking_currencies: {
    status: 422,
    message: {
      es: 'No se puede ordenar por importe: hay deudas en varias monedas ({currencies})',
      en: 'Cannot order by amount: there are debts in several currencies ({currencies})',
    },
    fix: {
      es: 'Elija otro orden de marcado, o una tanda de una sola moneda.',
      en: 'Choose another dialling order, or a batch of one currency.',
    },
  },
  folder_unusable: {
    status: 422,
    message: {
      es: 'No se puede escribir en la carpeta «{path}»: {reason}',
      en: 'Cannot write in folder "{path}": {reason}',
    },
    fix: {
      es: 'Elija una carpeta de esta máquina en la que Ensayo pueda escribir.',
      en: 'Choose a folder of this machine in which Ensayo may write.',
    },
  },
  file_changed: {
    status: 409,
    message: {
      es: 'El archivo «{path}» ya no es el que se exportó.',
      en: 'The file "{path}" is no longer the one that was exported.',
    },
    fix: {
      es: 'Compare su sha256 con el del manifiesto; no lo use sin saber qué cambió.',
      en: 'Compare its sha256 with the manifest; do not use it before knowing what changed.',
    },
  },
} as const;
