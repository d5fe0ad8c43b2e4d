import type { Text } from '../text/text.ts';
import type { Template, TemplateClaim } from './style.ts';

interface Binding {
  claim?: TemplateClaim;
  consequence?: string;
}

type Frame = (sentence: Text) => Pick<Template, 'channel' | 'subject' | 'body'>[];

/** Who writes, how much, the sentence of the style, how to pay, where to get help, how to stop. */
const plain: Frame = (sentence) => [
  {
    channel: 'sms',
    body: {
      es: `{{entidad}}: Hola, {{nombre}}. Su cuenta tiene {{importe}} por pagar. ${sentence.es} Pague en {{enlace_pago}} o llame al {{telefono_ayuda}} si necesita ayuda. Responda BAJA para no recibir SMS.`,
      en: `{{entidad}}: Hello {{nombre}}. Your account has {{importe}} to pay. ${sentence.en} Pay at {{enlace_pago}} or call {{telefono_ayuda}} if you need help. Reply STOP to opt out.`,
    },
  },
  {
    channel: 'whatsapp',
    body: {
      es: `Hola, {{nombre}}. Le escribe {{entidad}}.\n\nSu cuenta tiene {{importe}} por pagar (días de mora: {{dias_mora}}). ${sentence.es}\n\nPuede pagar aquí: {{enlace_pago}}\n¿Necesita ayuda o un plan? Llámenos al {{telefono_ayuda}}. Si no desea más mensajes, responda BAJA.`,
      en: `Hello {{nombre}}. This is {{entidad}}.\n\nYour account has {{importe}} to pay (days past due: {{dias_mora}}). ${sentence.en}\n\nYou can pay here: {{enlace_pago}}\nDo you need help or a plan? Call us on {{telefono_ayuda}}. If you want no more messages, reply STOP.`,
    },
  },
  {
    channel: 'email',
    subject: { es: 'Su cuenta en {{entidad}}', en: 'Your account with {{entidad}}' },
    body: {
      es: `Hola, {{nombre}}:\n\nLe escribimos de {{entidad}}. Su cuenta tiene {{importe}} por pagar (días de mora: {{dias_mora}}).\n\n${sentence.es}\n\nPuede pagar aquí: {{enlace_pago}}\n\nSi ya pagó, gracias; no hace falta que haga nada más. Si necesita ayuda o prefiere acordar un plan, llámenos al {{telefono_ayuda}}.\n\nSi no desea recibir estos correos, responda BAJA.`,
      en: `Hello {{nombre}},\n\nWe are writing from {{entidad}}. Your account has {{importe}} to pay (days past due: {{dias_mora}}).\n\n${sentence.en}\n\nYou can pay here: {{enlace_pago}}\n\nIf you have already paid, thank you; there is nothing else to do. If you need help or would rather agree on a plan, call us on {{telefono_ayuda}}.\n\nIf you do not want these emails, reply STOP.`,
    },
  },
  {
    channel: 'letter',
    subject: { es: 'Su cuenta en {{entidad}}', en: 'Your account with {{entidad}}' },
    body: {
      es: `Estimada persona, {{nombre}}:\n\nLe escribimos de {{entidad}}. Al preparar esta carta, su cuenta tenía {{importe}} por pagar (días de mora: {{dias_mora}}).\n\n${sentence.es}\n\nPuede pagar en {{enlace_pago}}. Si ya pagó, gracias; no tiene que hacer nada más.\n\nSi el importe no le parece correcto, o si este mes no puede pagarlo, llámenos al {{telefono_ayuda}}: lo revisamos con usted y, si hace falta, acordamos un plan.\n\nAtentamente,\n{{entidad}}`,
      en: `Dear {{nombre}},\n\nWe are writing from {{entidad}}. When this letter was prepared, your account had {{importe}} to pay (days past due: {{dias_mora}}).\n\n${sentence.en}\n\nYou can pay at {{enlace_pago}}. If you have already paid, thank you; there is nothing else to do.\n\nIf the amount does not look right to you, or if you cannot pay it this month, call us on {{telefono_ayuda}}: we will review it with you and, if needed, agree on a plan.\n\nYours sincerely,\n{{entidad}}`,
    },
  },
  {
    channel: 'call',
    body: {
      es: `Buenos días. ¿Hablo con {{nombre}}? [Seguir sólo con la persona titular, ya identificada.]\nLe llamo de {{entidad}}. ¿Tiene un momento?\nSu cuenta tiene {{importe}} por pagar, con {{dias_mora}} días de mora. ${sentence.es}\n¿Qué le resulta posible? Puede pagar en {{enlace_pago}} o acordar un plan conmigo ahora.\nSi prefiere hablarlo después, nuestro número es {{telefono_ayuda}}. Si no quiere que le llamemos, dígamelo y lo anoto.`,
      en: `Good morning. Am I speaking with {{nombre}}? [Go on only with the holder, once identified.]\nI am calling from {{entidad}}. Do you have a moment?\nYour account has {{importe}} to pay, {{dias_mora}} days past due. ${sentence.en}\nWhat is possible for you? You can pay at {{enlace_pago}} or agree on a plan with me.\nIf you would rather speak later, our number is {{telefono_ayuda}}. If you do not want us to call, tell me and I will note it.`,
    },
  },
];

/** The same facts and ways out in another order and other words, so that a style is more than one text. */
const other: Frame = (sentence) => [
  {
    channel: 'sms',
    body: {
      es: `Hola, {{nombre}}, le escribe {{entidad}}. ${sentence.es} Tiene {{importe}} por pagar: puede hacerlo en {{enlace_pago}}. Para ayuda o un plan, llame al {{telefono_ayuda}}. BAJA para no recibir SMS.`,
      en: `Hello {{nombre}}, this is {{entidad}}. ${sentence.en} You have {{importe}} to pay: you can do it at {{enlace_pago}}. For help or a plan call {{telefono_ayuda}}. Reply STOP to opt out.`,
    },
  },
  {
    channel: 'whatsapp',
    body: {
      es: `{{entidad}}: hola, {{nombre}}.\n\n${sentence.es}\n\nHoy quedan {{importe}} por pagar, con {{dias_mora}} días de mora. Se paga aquí: {{enlace_pago}}\n\nSi algo se complicó, hablemos: {{telefono_ayuda}}. Para dejar de recibir mensajes, responda BAJA.`,
      en: `{{entidad}}: hello {{nombre}}.\n\n${sentence.en}\n\nThere is {{importe}} left to pay today, {{dias_mora}} days past due. It is paid here: {{enlace_pago}}\n\nIf something came up, let us talk: {{telefono_ayuda}}. For no more messages, reply STOP.`,
    },
  },
  {
    channel: 'email',
    subject: { es: '{{entidad}}: un saldo por pagar', en: '{{entidad}}: a balance to pay' },
    body: {
      es: `Hola, {{nombre}}:\n\n${sentence.es}\n\nEn {{entidad}} vemos {{importe}} por pagar en su cuenta, con {{dias_mora}} días de mora. Se paga en este enlace: {{enlace_pago}}\n\n¿Pagó en estos días? Entonces no tiene que hacer nada. ¿Este mes no alcanza? Llámenos al {{telefono_ayuda}} y buscamos con usted una cuota posible.\n\nPara dejar de recibir estos correos, responda BAJA.`,
      en: `Hello {{nombre}},\n\n${sentence.en}\n\nAt {{entidad}} we see {{importe}} to pay on your account, {{dias_mora}} days past due. It is paid at this link: {{enlace_pago}}\n\nDid you pay in these days? Then there is nothing to do. Is it too much this month? Call us on {{telefono_ayuda}} and we will look for a possible amount with you.\n\nFor no more emails, reply STOP.`,
    },
  },
  {
    channel: 'letter',
    subject: { es: '{{entidad}}: un saldo por pagar', en: '{{entidad}}: a balance to pay' },
    body: {
      es: `{{nombre}}:\n\n${sentence.es}\n\nEn {{entidad}} vemos {{importe}} por pagar en su cuenta, con {{dias_mora}} días de mora al preparar esta carta. Puede pagarlo en {{enlace_pago}}.\n\nSi ya lo hizo, gracias. Si este mes no alcanza, o si ve un error, llámenos al {{telefono_ayuda}}: escuchamos, revisamos y buscamos con usted una cuota posible.\n\nUn saludo,\n{{entidad}}`,
      en: `{{nombre}},\n\n${sentence.en}\n\nAt {{entidad}} we see {{importe}} to pay on your account, {{dias_mora}} days past due when this letter was prepared. You can pay it at {{enlace_pago}}.\n\nIf you already have, thank you. If it is too much this month, or if you see a mistake, call us on {{telefono_ayuda}}: we listen, review and look for a possible amount with you.\n\nKind regards,\n{{entidad}}`,
    },
  },
  {
    channel: 'call',
    body: {
      es: `Hola, ¿hablo con {{nombre}}? [Seguir sólo con la persona titular, ya identificada.]\nSoy de {{entidad}}. ${sentence.es}\nVeo {{importe}} por pagar, con {{dias_mora}} días de mora. ¿Cómo le queda mejor: un pago en {{enlace_pago}} o un plan?\nTome nota, por favor: {{telefono_ayuda}}, por si prefiere llamar usted. Si no quiere más llamadas, lo anoto ahora.`,
      en: `Hello, am I speaking with {{nombre}}? [Go on only with the holder, once identified.]\nI am with {{entidad}}. ${sentence.en}\nI see {{importe}} to pay, {{dias_mora}} days past due. What suits you better: a payment at {{enlace_pago}} or a plan?\nPlease note {{telefono_ayuda}}, in case you would rather call us. If you want no more calls, I will note it now.`,
    },
  },
];

const framed = (frame: Frame, suffix: string, sentence: Text, { claim, consequence }: Binding): Template[] =>
  frame(sentence).map((one) => ({
    id: `${one.channel}${suffix}`,
    ...one,
    claim: claim ?? null,
    consequence: consequence ?? null,
  }));

/**
 * The messages of a style: two sentences of its own, each in a frame that every style shares, so that nothing else
 * differs between arms and a claim about the style rests on two texts. The frames name the sender, the amount, a way
 * to pay, a way to get help and a way out.
 *
 * @param sentences each 50 to 80 characters once filled in; their Spanish keeps to characters an SMS carries cheaply
 * (no á, í, ó, ú)
 */
export const inSharedFrames = (sentences: readonly [Text, Text], binding: Binding = {}): Template[] => [
  ...framed(plain, '', sentences[0], binding),
  ...framed(other, '_2', sentences[1], binding),
];

/** A third sentence of a style, bound to something else, in the first frame. */
export const inFirstFrame = (sentence: Text, binding: Binding): Template[] =>
  framed(plain, '_3', sentence, binding);
