/** Errors of the contact step. */
export const contact = {
  nobody_assigned: {
    status: 409,
    message: {
      es: 'El experimento «{experiment}» no tiene a nadie asignado.',
      en: 'Experiment "{experiment}" has nobody assigned.',
    },
    fix: { es: 'Asigne personas a los brazos primero.', en: 'Assign people to its arms first.' },
  },
  contacts_stale: {
    status: 409,
    message: {
      es: 'Los contactos cargados son viejos: la última carga es de {loadedAt} y el límite son {limitHours} horas.',
      en: 'The contacts loaded are old: the newest load is of {loadedAt} and the limit is {limitHours} hours.',
    },
    fix: {
      es: 'Cargue los contactos de los demás sistemas y revise otra vez; sin ellos no se pueden contar los topes.',
      en: 'Load the contacts of other systems and check again; without them the caps cannot be counted.',
    },
  },
  send_in_past: {
    status: 422,
    message: {
      es: 'El envío está previsto para el {sendOn}, antes de hoy ({today}).',
      en: 'The send is planned for {sendOn}, before today ({today}).',
    },
    fix: {
      es: 'Cambie el día del envío en el diseño, o quítelo para tomar el primero permitido.',
      en: 'Change the day of the send in the design, or leave it out to take the first one allowed.',
    },
  },
  already_sent: {
    status: 409,
    message: {
      es: 'El envío {touch} de «{experiment}» ya salió en la tanda {batch}.',
      en: 'Touch {touch} of "{experiment}" has already left in batch {batch}.',
    },
    fix: {
      es: 'Nada sale dos veces. Para escribir otra vez, revise el envío siguiente.',
      en: 'Nothing leaves twice. To write again, check the next touch.',
    },
  },
  batch_exported: {
    status: 409,
    message: {
      es: 'La tanda {batch} ya no está reservada (estado: {state}).',
      en: 'Batch {batch} is no longer reserved (state: {state}).',
    },
    fix: {
      es: 'Mire en exportaciones qué salió con ella.',
      en: 'Look under exports at what left with it.',
    },
  },
  nothing_cleared: {
    status: 409,
    message: {
      es: 'La tanda {batch} no tiene a nadie a quien enviar: las reglas excluyeron a {excluded}.',
      en: 'Batch {batch} has nobody to send to: the rules excluded {excluded}.',
    },
    fix: {
      es: 'Mire los motivos; a menudo basta otro día u otra hora.',
      en: 'Look at the reasons; often another day or hour is enough.',
    },
  },
  reservation_expired: {
    status: 409,
    message: {
      es: 'La reserva de la tanda {batch} venció a las {until}.',
      en: 'The reservation of batch {batch} expired at {until}.',
    },
    fix: {
      es: 'Revise de nuevo: los topes y las exclusiones pueden haber cambiado.',
      en: 'Check again: caps and exclusions may have changed.',
    },
  },
  unverified_rules: {
    status: 409,
    message: {
      es: 'Estas reglas no están verificadas y nadie las ha aceptado: {rules}.',
      en: 'These rules are not verified and nobody has accepted them: {rules}.',
    },
    fix: {
      es: 'Revise de nuevo con el nombre de quien las acepta (acceptUnverifiedBy).',
      en: 'Check again with the name of the person who accepts them (acceptUnverifiedBy).',
    },
  },
} as const;
