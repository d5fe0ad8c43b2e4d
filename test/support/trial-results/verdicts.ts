import type { ExperimentResults } from '#core/contract/experiments/results.ts';
import { text } from './effect.ts';
import { arms } from './metrics.ts';

export const trialStates = [
  'draft',
  'assigned',
  'before_first_look',
  'between_looks',
  'decided',
  'provisional',
  'inconclusive',
  'stopped_for_harm',
  'invalid',
] as const;
export type TrialState = (typeof trialStates)[number];

type Verdict = ExperimentResults['verdict'];
const still = text(
  'De la aversión a la pérdida aún no se puede decir nada: la próxima revisión es el jueves.',
  'Nothing can be said of loss aversion yet: the next look is on Thursday.',
);
const better = text(
  'La prueba social funciona mejor que el mensaje neutro.',
  'Social proof works better than the neutral message.',
);
const quiet: Verdict = {
  kind: 'running',
  headline: text('Todavía no se puede decir nada.', 'Nothing can be said yet.'),
  inPeople: null,
  arms: arms.slice(1).map((arm) => ({
    arm,
    kind: 'running',
    sentence: text('Aún no se puede decir nada.', 'Nothing can be said yet.'),
  })),
  reasons: [],
  next: text('La primera revisión es el 19 de noviembre.', 'The first look is on 19 November.'),
  provisionalUntil: null,
};
const found: Verdict = {
  kind: 'better',
  headline: better,
  inPeople: text(
    'De cada 1 000 personas, unas 21 más se ponen al día en 30 días (entre 9 y 33). Ningún indicador de daño se mueve.',
    'Of every 1,000 people, about 21 more are up to date within 30 days (between 9 and 33). No guardrail moves.',
  ),
  arms: [
    { arm: 'social_proof', kind: 'better', sentence: better },
    { arm: 'loss_aversion', kind: 'running', sentence: still },
  ],
  reasons: [
    text(
      'Cruzó el límite de la tercera revisión, fijado de antemano.',
      'It crossed the boundary of the third look, set beforehand.',
    ),
  ],
  next: still,
  provisionalUntil: null,
};

export const verdicts: Record<TrialState, Verdict> = {
  draft: {
    ...quiet,
    kind: 'not_started',
    headline: text('Todavía es un diseño.', 'It is still a design.'),
    arms: [],
    next: text('Reparta a las personas para congelar el plan.', 'Assign people to freeze the plan.'),
  },
  assigned: {
    ...quiet,
    kind: 'not_started',
    headline: text(
      'Las personas están repartidas; nadie ha recibido nada.',
      'People are assigned; nobody has got anything.',
    ),
    arms: [],
    next: text('Aplique las reglas de contacto y envíe.', 'Apply the contact rules and send.'),
  },
  before_first_look: quiet,
  between_looks: {
    ...quiet,
    headline: text('Todavía no se puede decir nada.', 'Nothing can be said yet.'),
    reasons: [
      text('42 % de las personas ya completó sus 30 días.', '42 % of people have completed their 30 days.'),
    ],
    next: text('La próxima revisión es el 10 de diciembre.', 'The next look is on 10 December.'),
  },
  decided: found,
  provisional: { ...found, provisionalUntil: '2027-03-04' },
  inconclusive: {
    ...quiet,
    kind: 'inconclusive',
    headline: text(
      'No se vio diferencia entre los mensajes.',
      'No difference was seen between the messages.',
    ),
    inPeople: text(
      'Si la hay, es menor que unas 15 personas de cada 1 000.',
      'If there is one, it is under about 15 people of every 1,000.',
    ),
    arms: arms.slice(1).map((arm) => ({
      arm,
      kind: 'inconclusive',
      sentence: text('No se sabe si ayuda.', 'It is not known whether it helps.'),
    })),
    next: text(
      'Seguir más días no lo dirá: proponga un experimento nuevo, con más personas.',
      'More days will not tell: propose a new experiment, with more people.',
    ),
  },
  stopped_for_harm: {
    ...quiet,
    kind: 'stopped_for_harm',
    headline: text(
      'La aversión a la pérdida se detuvo: hace que más personas se quejen.',
      'Loss aversion was stopped: it makes more people complain.',
    ),
    inPeople: text(
      'De cada 1 000 personas, unas 6 más se quejan.',
      'Of every 1,000 people, about 6 more complain.',
    ),
    arms: [
      {
        arm: 'social_proof',
        kind: 'running',
        sentence: text('Sigue; aún no se puede decir nada.', 'Goes on; nothing can be said yet.'),
      },
      {
        arm: 'loss_aversion',
        kind: 'stopped_for_harm',
        sentence: text('Se detuvo el 11 de diciembre.', 'Stopped on 11 December.'),
      },
    ],
    reasons: [text('61 quejas contra 25 en el control.', '61 complaints against 25 in the control.')],
  },
  invalid: {
    ...quiet,
    kind: 'invalid',
    headline: text(
      'Este experimento no puede decidir nada: los brazos perdieron personas de forma desigual.',
      'This experiment can decide nothing: the arms lost people unevenly.',
    ),
    arms: [],
    reasons: [
      text(
        'De la prueba social se entregaron 487 mensajes menos que de los otros (p < 0,001).',
        'Of social proof 487 messages fewer than of the others were delivered (p < 0.001).',
      ),
    ],
    next: text(
      'Busque la causa en la entrega y repita el experimento.',
      'Look for the cause in the delivery and run the experiment again.',
    ),
  },
};
