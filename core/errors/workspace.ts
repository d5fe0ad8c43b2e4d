/** Errors of the workspace, the server and its jobs. */
export const workspace = {
  workspace_already_open: {
    status: 409,
    message: {
      es: 'El espacio de trabajo {path} ya está abierto ({owner}).',
      en: 'The workspace {path} is already open ({owner}).',
    },
    fix: {
      es: 'Cierre el otro proceso, o deje que la orden hable con ese servidor.',
      en: 'Close the other process, or let the command talk to that server.',
    },
  },
  workspace_newer: {
    status: 409,
    message: {
      es: 'El espacio de trabajo {path} es de una versión más nueva (esquema {found}; aquí {known}).',
      en: 'The workspace {path} was written by a newer version (schema {found}; here {known}).',
    },
    fix: { es: 'Actualice Ensayo.', en: 'Update Ensayo.' },
  },
  workspace_unreadable: {
    status: 500,
    message: { es: 'No se puede abrir {path}: {reason}', en: 'Cannot open {path}: {reason}' },
    fix: {
      es: 'Restaure una copia o indique otro --workspace.',
      en: 'Restore a copy or name another --workspace.',
    },
  },
  port_taken: {
    status: 409,
    message: { es: 'El puerto {port} está ocupado.', en: 'Port {port} is taken.' },
    fix: {
      es: 'Use --port con otro número (0 elige uno libre).',
      en: 'Use --port with another number (0 picks a free one).',
    },
  },
  not_loopback: {
    status: 409,
    message: {
      es: 'No se escucha en «{host}»: no es de esta máquina.',
      en: 'Refusing to listen on "{host}": it is not loopback.',
    },
    fix: {
      es: 'Para abrir el servidor a otros hacen falta personas y TLS configurados.',
      en: 'People and TLS must be configured before the server is opened to others.',
    },
  },
  disk_full: {
    status: 507,
    message: {
      es: 'No queda espacio en disco al escribir {path}.',
      en: 'No space left on disk while writing {path}.',
    },
    fix: {
      es: 'Libere espacio y repita; no quedó nada a medias.',
      en: 'Free some space and repeat; nothing was left half-written.',
    },
  },
  not_simulated: {
    status: 409,
    message: {
      es: 'Esta cartera no es simulada: su reloj es el del sistema.',
      en: 'This portfolio is not simulated: its clock is the system’s.',
    },
    fix: {
      es: 'Cargue una cartera simulada en otro espacio de trabajo.',
      en: 'Load a simulated portfolio into another workspace.',
    },
  },
  server_unreachable: {
    status: 503,
    message: {
      es: 'No responde el servidor {url}: {reason}',
      en: 'The server {url} does not answer: {reason}',
    },
    fix: { es: 'Compruebe que esté en marcha.', en: 'Check that it is running.' },
  },
  secret_key_lost: {
    status: 409,
    message: {
      es: 'No se encuentra la llave de los secretos guardados: {path}',
      en: 'The key of the stored secrets is not there: {path}',
    },
    fix: {
      es: 'Ponga de vuelta ese archivo, o indique dónde está con ENSAYO_SECRET_KEY_FILE; si se perdió, escriba los secretos de nuevo.',
      en: 'Put that file back, or say where it is with ENSAYO_SECRET_KEY_FILE; if it is lost, enter the secrets again.',
    },
  },
  secret_key_other: {
    status: 409,
    message: {
      es: 'Este secreto no se abre con la llave de {path}.',
      en: 'This secret does not open with the key in {path}.',
    },
    fix: {
      es: 'Use la llave con que se guardó, o escriba el secreto de nuevo.',
      en: 'Use the key it was stored with, or enter the secret again.',
    },
  },
  secret_key_exposed: {
    status: 409,
    message: {
      es: 'Otras personas de esta máquina pueden usar la llave de los secretos: {path} tiene permisos {mode}.',
      en: 'Others on this machine may use the key of the secrets: {path} has permissions {mode}.',
    },
    fix: {
      es: 'Déjela solo para su dueño (chmod 600).',
      en: 'Leave it to its owner alone (chmod 600).',
    },
  },
  secret_key_unusable: {
    status: 409,
    message: {
      es: '{path} no es una llave de secretos: se esperan 32 bytes en hexadecimal.',
      en: '{path} is not a key of secrets: 32 bytes in hexadecimal are expected.',
    },
    fix: {
      es: 'Indique el archivo que Ensayo hizo.',
      en: 'Name the file that Ensayo made.',
    },
  },
} as const;
