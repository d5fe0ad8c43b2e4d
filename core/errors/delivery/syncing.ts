/** Errors of attributes kept up to date at a receiver. */
export const syncing = {
  attribute_unknown: {
    status: 422,
    message: {
      es: 'No hay un atributo «{name}»',
      en: 'There is no attribute "{name}"',
    },
    fix: {
      es: 'Elija entre los que hay: {known}. Una puntuación existe si su modelo dio puntuaciones en la última fecha de saldos.',
      en: 'Choose among those there are: {known}. A score exists if its model gave scores on the newest date of balances.',
    },
  },
  attribute_twice: {
    status: 422,
    message: {
      es: 'El atributo «{name}» está dos veces',
      en: 'The attribute "{name}" is given twice',
    },
    fix: { es: 'Déjelo una vez.', en: 'Leave it once.' },
  },
  attribute_personal: {
    status: 422,
    message: {
      es: 'El atributo «{name}» es un dato personal y el destino «{destination}» no los lleva',
      en: 'The attribute "{name}" is personal and the destination "{destination}" carries no personal data',
    },
    fix: {
      es: 'Quite el atributo, o elija un destino cuyas opciones digan que lleva la dirección.',
      en: 'Leave the attribute out, or choose a destination whose options say that it carries the address.',
    },
  },
  sync_keeps_profiles: {
    status: 422,
    message: {
      es: 'El destino «{destination}» no borra perfiles',
      en: 'The destination "{destination}" deletes no profiles',
    },
    fix: {
      es: 'Elija que a quien sale se le vacíen los atributos; el perfil se borra en esa herramienta.',
      en: 'Choose that the attributes of people who leave are emptied; the profile is deleted in that tool.',
    },
  },
  sync_named: {
    status: 409,
    message: {
      es: 'Ya hay una sincronización llamada «{name}»',
      en: 'There is a sync called "{name}" already',
    },
    fix: { es: 'Póngale otro nombre.', en: 'Give it another name.' },
  },
  sync_retired: {
    status: 409,
    message: {
      es: 'La sincronización «{name}» fue retirada el {at}',
      en: 'The sync "{name}" was retired on {at}',
    },
    fix: { es: 'Prepare una nueva.', en: 'Set up a new one.' },
  },
  sync_under_way: {
    status: 409,
    message: {
      es: 'La sincronización «{name}» está saliendo en el envío {run}',
      en: 'The sync "{name}" is leaving in the run {run}',
    },
    fix: {
      es: 'Espere a que termine o cancélelo.',
      en: 'Wait until it ends or cancel it.',
    },
  },
  sync_segment_gone: {
    status: 409,
    message: {
      es: 'El segmento «{segment}» de la sincronización «{name}» ya no está',
      en: 'The segment "{segment}" of the sync "{name}" is not there any more',
    },
    fix: {
      es: 'Retire la sincronización y prepare otra con un segmento que exista.',
      en: 'Retire the sync and set up another with a segment that exists.',
    },
  },
} as const;
