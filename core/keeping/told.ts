import type { Text } from '../text/text.ts';

/** Why a person is left to do something about somebody forgotten at a receiver. */
export const byHandWhy = {
  retired: {
    es: 'El destino está retirado y ya no se le envía nada; borre allí el perfil.',
    en: 'The destination is retired and is sent nothing any more; delete the profile there.',
  },
  unreachable: {
    es: 'Ahora no se le puede enviar nada; borre allí el perfil.',
    en: 'Nothing can be sent to it now; delete the profile there.',
  },
  emptied: {
    es: 'Se le vacían los atributos; el perfil mismo se borra allí.',
    en: 'Its attributes are emptied; the profile itself is deleted there.',
  },
  messages: {
    es: 'Recibió mensajes para esta persona; lo que guarde de ellos se borra allí.',
    en: 'It got messages for this person; what it keeps of them is deleted there.',
  },
} as const satisfies Record<string, Text>;
