/** Errors of sending files to another machine. */
export const sftp = {
  sftp_host_key_unset: {
    status: 422,
    message: {
      es: 'Falta la huella del servidor {host}; el que respondió presenta {seen}',
      en: 'The fingerprint of server {host} is missing; the one that answered presents {seen}',
    },
    fix: {
      es: 'Compárela con quien administra el servidor y póngala en «Huella del servidor».',
      en: 'Compare it with the owner of the server and put it in "Fingerprint of the server".',
    },
  },
  sftp_host_key: {
    status: 422,
    message: {
      es: 'El servidor {host} presenta la huella {seen}, no la esperada {expected}; no se le envió nada',
      en: 'The server {host} presents the fingerprint {seen}, not the expected {expected}; nothing was sent to it',
    },
    fix: {
      es: 'Pregunte a quien administra el servidor si cambió su clave; no la cambie aquí sin su respuesta.',
      en: 'Ask the owner of the server whether its key was changed; do not change it here without an answer.',
    },
  },
  sftp_refused: {
    status: 422,
    message: {
      es: 'El servidor {host} no dejó entrar al usuario «{user}»: {reason}',
      en: 'The server {host} did not let user "{user}" in: {reason}',
    },
    fix: {
      es: 'Revise el usuario y la contraseña o la clave privada del destino.',
      en: 'Check the user and the password or private key of the destination.',
    },
  },
  sftp_unwritable: {
    status: 422,
    message: {
      es: 'El servidor {host} no dejó escribir «{path}»: {reason}',
      en: 'The server {host} did not let "{path}" be written: {reason}',
    },
    fix: {
      es: 'Revise allí la carpeta, los permisos, el espacio libre y las cuotas, y vuelva a enviar.',
      en: 'Check the folder, the permissions, the free space and the quotas there, and send again.',
    },
  },
  sftp_given_up: {
    status: 502,
    message: {
      es: 'No se pudo enviar tras {tries} intentos: {reason}',
      en: 'Could not send after {tries} tries: {reason}',
    },
    fix: {
      es: 'Pruebe el destino; cuando responda, vuelva a enviar la tanda.',
      en: 'Test the destination; once it answers, send the batch again.',
    },
  },
} as const;
