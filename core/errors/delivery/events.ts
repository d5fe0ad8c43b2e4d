/** Errors of what comes back: whole batches that are refused, and events that are. */
export const events = {
  events_signature: {
    status: 401,
    message: {
      es: 'La firma del lote no corresponde a ningún remitente vigente.',
      en: 'The signature of the batch belongs to no sender in use.',
    },
    fix: {
      es: 'Firme con el secreto del remitente según Standard Webhooks 1.0: webhook-id, webhook-timestamp y webhook-signature sobre el cuerpo tal como se envía.',
      en: 'Sign with the secret of the sender as Standard Webhooks 1.0 says: webhook-id, webhook-timestamp and webhook-signature over the body just as it is sent.',
    },
  },
  events_stale: {
    status: 401,
    message: {
      es: 'La hora de la firma ({timestamp}) está a más de cinco minutos de la de este servidor.',
      en: 'The time of the signature ({timestamp}) is more than five minutes from that of this server.',
    },
    fix: {
      es: 'Firme de nuevo al reintentar, con el mismo webhook-id, y revise el reloj del remitente.',
      en: 'Sign again when you retry, with the same webhook-id, and check the clock of the sender.',
    },
  },
  events_unreadable: {
    status: 400,
    message: {
      es: 'El lote no se puede leer como JSON (línea {line}): {reason}',
      en: 'The batch cannot be read as JSON (line {line}): {reason}',
    },
    fix: {
      es: 'Corríjalo y envíelo de nuevo; no se guardó nada de él.',
      en: 'Correct it and send it again; nothing of it was stored.',
    },
  },
  events_too_many: {
    status: 413,
    message: { es: 'El lote trae {n} eventos; caben {most}.', en: 'The batch holds {n} events; {most} fit.' },
    fix: {
      es: 'Divídalo y envíe cada parte con su propio webhook-id.',
      en: 'Split it and send each part with a webhook-id of its own.',
    },
  },
  events_columns: {
    status: 422,
    message: {
      es: 'El archivo «{file}» no tiene: {missing}',
      en: 'The file "{file}" lacks: {missing}',
    },
    fix: {
      es: 'Un archivo de eventos tiene al menos las columnas id, type y time.',
      en: 'A file of events has at least the columns id, type and time.',
    },
  },
  events_busy: {
    status: 503,
    message: {
      es: 'Hay {waiting} eventos esperando; no se reciben más por ahora.',
      en: '{waiting} events are waiting; no more are taken for now.',
    },
    fix: {
      es: 'Reintente en unos segundos con el mismo webhook-id.',
      en: 'Retry in a few seconds with the same webhook-id.',
    },
  },
  events_crowded: {
    status: 503,
    message: {
      es: 'Se están recibiendo {megabytes} MB de lotes a la vez; no caben más por ahora.',
      en: '{megabytes} MB of batches are being taken at once; no more fit for now.',
    },
    fix: {
      es: 'Reintente en unos segundos con el mismo webhook-id, o envíe lotes más pequeños.',
      en: 'Retry in a few seconds with the same webhook-id, or send smaller batches.',
    },
  },
  sender_taken: {
    status: 409,
    message: {
      es: 'Ya hay un remitente llamado «{name}».',
      en: 'There is a sender called "{name}" already.',
    },
    fix: {
      es: 'Elija otro nombre, o cambie el secreto del que ya existe.',
      en: 'Choose another name, or rotate the secret of the one that is there.',
    },
  },
  sender_retired: {
    status: 409,
    message: { es: 'El remitente «{name}» está retirado.', en: 'The sender "{name}" is retired.' },
    fix: { es: 'Haga uno nuevo.', en: 'Make a new one.' },
  },
  load_of_events: {
    status: 409,
    message: {
      es: 'La carga {loadId} guarda los eventos de un día y no se deshace.',
      en: 'Load {loadId} holds the events of a day and is not undone.',
    },
    fix: {
      es: 'Entre ellos hay bajas y pagos. Si un evento fue un error, envíe el que lo corrige.',
      en: 'Opt-outs and payments are among them. If an event was a mistake, send the one that corrects it.',
    },
  },
  event_not_an_object: {
    status: 422,
    message: { es: 'No es un evento: {value}', en: 'Not an event: {value}' },
    fix: {
      es: 'Cada evento es un objeto con id, type y time.',
      en: 'Each event is an object with id, type and time.',
    },
  },
  event_without_id: {
    status: 422,
    message: { es: 'Falta el id del evento.', en: 'The event has no id.' },
    fix: {
      es: 'Dé a cada evento un id que no se repita; por él se reconoce un reenvío.',
      en: 'Give each event an id of its own; by it a repetition is known.',
    },
  },
  event_too_long: {
    status: 422,
    message: {
      es: '{field} tiene más de 200 caracteres: {value}',
      en: '{field} has more than 200 characters: {value}',
    },
    fix: { es: 'Use un identificador más corto.', en: 'Use a shorter identifier.' },
  },
  event_unknown_kind: {
    status: 422,
    message: { es: 'Clase de evento desconocida: «{value}»', en: 'Unknown kind of event: "{value}"' },
    fix: {
      es: 'Use una de las clases que la documentación enumera.',
      en: 'Use one of the kinds the documentation lists.',
    },
  },
  event_bad_time: {
    status: 422,
    message: { es: 'No es un instante con zona: «{value}»', en: 'Not an instant with its zone: "{value}"' },
    fix: { es: 'Escriba la hora como 2026-03-01T14:05:00Z.', en: 'Write the time as 2026-03-01T14:05:00Z.' },
  },
  event_from_future: {
    status: 422,
    message: {
      es: 'El evento dice haber ocurrido en el futuro: {value}',
      en: 'The event says it happened in the future: {value}',
    },
    fix: {
      es: 'Revise el reloj y la zona horaria del remitente; se toleran cinco minutos.',
      en: 'Check the clock and the time zone of the sender; five minutes are tolerated.',
    },
  },
  event_needs_message: {
    status: 422,
    message: {
      es: 'Falta messageKey: de qué mensaje se habla.',
      en: 'messageKey is missing: which message this is about.',
    },
    fix: {
      es: 'Devuelva la clave con que salió el mensaje (message_key).',
      en: 'Give back the key the message left with (message_key).',
    },
  },
  event_needs_person: {
    status: 422,
    message: { es: 'No dice de quién se trata.', en: 'It does not say whom it is about.' },
    fix: {
      es: 'Indique messageKey, customerId o accountId.',
      en: 'Name messageKey, customerId or accountId.',
    },
  },
  event_needs_account: {
    status: 422,
    message: {
      es: 'Un pago o una promesa necesita accountId.',
      en: 'A payment or a promise needs accountId.',
    },
    fix: { es: 'Indique la cuenta.', en: 'Name the account.' },
  },
  event_needs_due_date: {
    status: 422,
    message: {
      es: 'La promesa no tiene una fecha válida: «{value}»',
      en: 'The promise has no valid date: "{value}"',
    },
    fix: { es: 'Indique dueOn como 2026-03-15.', en: 'Give dueOn as 2026-03-15.' },
  },
  event_unknown_channel: {
    status: 422,
    message: { es: 'Canal desconocido: «{value}»', en: 'Unknown channel: "{value}"' },
    fix: { es: 'Use sms, email, whatsapp, call o letter.', en: 'Use sms, email, whatsapp, call or letter.' },
  },
  event_bad_amount: {
    status: 422,
    message: {
      es: 'No es un importe con hasta dos decimales: «{value}»',
      en: 'Not an amount with up to two decimals: "{value}"',
    },
    fix: { es: 'Escríbalo como 1250.50.', en: 'Write it as 1250.50.' },
  },
  event_amount_not_positive: {
    status: 422,
    message: { es: 'El importe no es mayor que cero: {value}', en: 'The amount is not above zero: {value}' },
    fix: {
      es: 'Para un pago devuelto, envíe el importe pagado con reversed: true y la misma reference.',
      en: 'For a payment sent back, send the amount paid with reversed: true and the same reference.',
    },
  },
  event_bad_reversed: {
    status: 422,
    message: {
      es: 'No se sabe si «{value}» dice que el pago fue devuelto.',
      en: 'Whether "{value}" says that the payment was sent back is not known.',
    },
    fix: { es: 'Escriba reversed como true o false.', en: 'Write reversed as true or false.' },
  },
  event_needs_reference: {
    status: 422,
    message: {
      es: 'Un pago devuelto necesita reference: cuál de los pagos lo fue.',
      en: 'A payment sent back needs reference: which payment it was.',
    },
    fix: {
      es: 'Indique la misma reference con que se informó el pago.',
      en: 'Give the reference with which the payment was told of.',
    },
  },
  event_without_currency: {
    status: 422,
    message: { es: 'El importe {value} no tiene moneda.', en: 'The amount {value} has no currency.' },
    fix: { es: 'Indique currency con su código ISO 4217.', en: 'Give currency as its ISO 4217 code.' },
  },
  event_bad_currency: {
    status: 422,
    message: { es: 'No es un código de moneda: «{value}»', en: 'Not a currency code: "{value}"' },
    fix: { es: 'Use tres letras, como MXN.', en: 'Use three letters, such as MXN.' },
  },
  event_other_currency: {
    status: 422,
    message: {
      es: 'La moneda {value} no es la de la cuenta.',
      en: 'The currency {value} is not that of the account.',
    },
    fix: {
      es: 'Envíe el importe en la moneda de la cuenta.',
      en: 'Send the amount in the currency of the account.',
    },
  },
  event_unknown_message: {
    status: 422,
    message: {
      es: 'Ningún mensaje salió con la clave {value}.',
      en: 'No message left with the key {value}.',
    },
    fix: {
      es: 'Revise que sea el message_key de una exportación de este espacio de trabajo.',
      en: 'Check that it is the message_key of an export of this workspace.',
    },
  },
  event_unknown_person: {
    status: 422,
    message: { es: 'Persona desconocida: {value}', en: 'Unknown person: {value}' },
    fix: {
      es: 'Cárguela primero y reenvíe el evento.',
      en: 'Load that person first and send the event again.',
    },
  },
  event_unknown_account: {
    status: 422,
    message: { es: 'Cuenta desconocida: {value}', en: 'Unknown account: {value}' },
    fix: {
      es: 'Cárguela primero y reenvíe el evento.',
      en: 'Load that account first and send the event again.',
    },
  },
  event_other_person: {
    status: 422,
    message: {
      es: 'El mensaje o la cuenta son de otra persona que {value}.',
      en: 'The message or the account belongs to somebody other than {value}.',
    },
    fix: { es: 'Corrija el identificador.', en: 'Correct the identifier.' },
  },
  event_conflict: {
    status: 422,
    message: {
      es: 'El id «{value}» ya lo llevó otro evento de la misma clase, con otro contenido.',
      en: 'Another event of the same kind had the id "{value}" already, and said something else.',
    },
    fix: {
      es: 'Dé a cada evento un id propio. Para corregir un pago o una promesa, envíe otro id con la misma reference.',
      en: 'Give each event an id of its own. To correct a payment or a promise, send another id with the same reference.',
    },
  },
  event_forgotten: {
    status: 422,
    message: {
      es: 'Habla de una persona que pidió ser olvidada.',
      en: 'It is about a person who asked to be forgotten.',
    },
    fix: {
      es: 'Quítela también del sistema que lo envía.',
      en: 'Take that person out of the sending system too.',
    },
  },
} as const;
