import { expect, it } from 'vitest';
import { lintMessage } from '#core/message/lint/lint.ts';
import type { Locale } from '#core/text/text.ts';

const ends = {
  es: ' {{entidad}} {{telefono_ayuda}} Responda BAJA.',
  en: ' {{entidad}} {{telefono_ayuda}} Reply STOP.',
};
const rulesOf = (text: string, language: Locale) =>
  lintMessage(text + ends[language], language, 'sms').map(({ rule, found }) => `${rule}: ${found}`);

it.each<[Locale, string, string[]]>([
  [
    'es',
    'Si no paga no nos quedará más remedio que emprender acciones legales.',
    ['threat: no nos quedará más remedio'],
  ],
  ['es', 'Evite el embargo de su sueldo.', ['threat: embargo']],
  ['es', 'Citación del juzgado 14.', ['court_look_alike: Citación']],
  ['es', 'Usted figura como moroso.', ['shame: moroso']],
  ['es', 'Avisaremos a su empleador y a sus vecinos.', ['third_party: su empleador']],
  ['es', 'ÚLTIMO AVISO: pague de inmediato.', ['invented_urgency: ÚLTIMO AVISO', 'shouting: ÚLTIMO AVISO']],
  ['es', 'Gracias a este mensaje 8 de cada 10 pagan.', ['causal_wording: Gracias a este mensaje']],
  ['es', 'Si ya pagó, gracias. Mientras siga pendiente, se suman los intereses de su contrato.', []],
  ['en', 'We will have no choice but to start legal action.', ['threat: no choice but']],
  [
    'en',
    'Summons: final notice of default.',
    ['court_look_alike: Summons', 'invented_urgency: final notice'],
  ],
  ['en', 'Do not be a deadbeat!!', ['shame: deadbeat', 'shouting: !!']],
  ['en', 'We may call your employer. Act now.', ['third_party: your employer', 'invented_urgency: Act now']],
  ['en', 'Thanks to our message most people pay.', ['causal_wording: Thanks to our message']],
  ['en', 'You can pursue a plan; there are issues we can sort out together.', []],
])('%s: %s', (language, text, found) => {
  expect(rulesOf(text, language)).toEqual(found);
});

it('passes a letter that offers a plan and a contact', () => {
  const letter =
    'Estimada {{nombre}}: en {{entidad}} sabemos que a veces cuesta. Podemos acordar un plan de pagos a su medida. Llámenos al {{telefono_ayuda}} y lo vemos juntos.';
  expect(lintMessage(letter, 'es', 'letter')).toEqual([]);
});

it('asks for sender, help and a way out where the channel needs them', () => {
  const rules = (channel: 'sms' | 'letter' | 'call') =>
    lintMessage('Pague.', 'es', channel).map(({ rule }) => rule);
  expect(rules('sms')).toEqual(['missing_sender', 'missing_help', 'missing_opt_out']);
  expect(rules('letter')).toEqual(['missing_sender', 'missing_help']);
  expect(rules('call')).toEqual(['missing_sender', 'missing_help']);
});
