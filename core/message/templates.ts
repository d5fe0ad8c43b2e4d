import type { Text } from '../text/text.ts';
import type { Template } from './style.ts';

/**
 * The messages of a style: one sentence of its own inside a frame that every style shares, so that nothing else
 * differs between arms. The frame names the sender, the amount, a way to pay, a way to get help and a way out.
 *
 * @param sentence one sentence, 55 to 80 characters once filled in; its Spanish keeps to characters an SMS
 * carries cheaply (no á, í, ó, ú)
 */
export const inSharedFrame = (sentence: Text): readonly Template[] => [
  {
    id: 'sms',
    channel: 'sms',
    body: {
      es: `{{entidad}}: Hola, {{nombre}}. Su cuenta tiene {{importe}} por pagar. ${sentence.es} Pague en {{enlace_pago}} o llame al {{telefono_ayuda}} si necesita ayuda. Responda BAJA para no recibir SMS.`,
      en: `{{entidad}}: Hello {{nombre}}. Your account has {{importe}} to pay. ${sentence.en} Pay at {{enlace_pago}} or call {{telefono_ayuda}} if you need help. Reply STOP to opt out.`,
    },
  },
  {
    id: 'whatsapp',
    channel: 'whatsapp',
    body: {
      es: `Hola, {{nombre}}. Le escribe {{entidad}}.\n\nSu cuenta tiene {{importe}} por pagar (días de mora: {{dias_mora}}). ${sentence.es}\n\nPuede pagar aquí: {{enlace_pago}}\n¿Necesita ayuda o un plan? Llámenos al {{telefono_ayuda}}. Si no desea más mensajes, responda BAJA.`,
      en: `Hello {{nombre}}. This is {{entidad}}.\n\nYour account has {{importe}} to pay (days past due: {{dias_mora}}). ${sentence.en}\n\nYou can pay here: {{enlace_pago}}\nDo you need help or a plan? Call us on {{telefono_ayuda}}. If you want no more messages, reply STOP.`,
    },
  },
  {
    id: 'email',
    channel: 'email',
    subject: { es: 'Su cuenta en {{entidad}}', en: 'Your account with {{entidad}}' },
    body: {
      es: `Hola, {{nombre}}:\n\nLe escribimos de {{entidad}}. Su cuenta tiene {{importe}} por pagar (días de mora: {{dias_mora}}).\n\n${sentence.es}\n\nPuede pagar aquí: {{enlace_pago}}\n\nSi ya pagó, gracias; no hace falta que haga nada más. Si necesita ayuda o prefiere acordar un plan, llámenos al {{telefono_ayuda}}.\n\nSi no desea recibir estos correos, responda BAJA.`,
      en: `Hello {{nombre}},\n\nWe are writing from {{entidad}}. Your account has {{importe}} to pay (days past due: {{dias_mora}}).\n\n${sentence.en}\n\nYou can pay here: {{enlace_pago}}\n\nIf you have already paid, thank you; there is nothing else to do. If you need help or would rather agree on a plan, call us on {{telefono_ayuda}}.\n\nIf you do not want these emails, reply STOP.`,
    },
  },
];
