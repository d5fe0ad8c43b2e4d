import type { ExperimentResults, Look } from '#core/contract/experiments/results.ts';
import { effectOf, text } from './effect.ts';
import { arms } from './metrics.ts';

const boundaries = [4.88, 3.36, 2.68, 2.29, 2.03];
const dates = ['2026-11-19', '2026-12-03', '2026-12-10', '2026-12-17', '2027-01-03'];
const paths = { social_proof: [0.9, 2.1, 3.1, 3.2, 3.3], loss_aversion: [0.6, 0.4, 1.1, 1.2, 1.0] };

/** Five looks by O'Brien–Fleming, so many of them done. */
export const looksOf = (done: number): Look[] =>
  boundaries.map((upper, i) => ({
    number: i + 1,
    on: dates[i] as string,
    planned: (i + 1) / 5,
    information: i < done ? (i + 1) / 5 + 0.012 : 0,
    state: i < done ? 'done' : i === done ? 'next' : 'planned',
    boundary: { upper, lower: -upper, futility: null },
    arms: arms.slice(1).map((arm) => {
      const z = i < done ? (paths[arm as keyof typeof paths][i] as number) : null;
      return { arm, z, crossed: z !== null && z > upper ? 'better' : 'none' };
    }),
  }));

export const curve: ExperimentResults['curve'] = [7, 14, 30, 60].flatMap((day, i) =>
  arms.slice(1).map((arm, k) => {
    const n = [18_400, 17_900, 11_400, 2100][i] as number;
    const size = [0.012, 0.018, 0.021, 0.02][i] as number;
    return { day, arm, n, effect: effectOf(size * (k ? 0.4 : 1), 0.85 / Math.sqrt(n)) };
  }),
);

const stage = (
  id: string,
  es: string,
  en: string,
  counts: readonly number[],
  pValue: number,
  tone: 'good' | 'warn' | 'bad' = 'good',
): ExperimentResults['lost'][number] => ({
  stage: id,
  title: text(es, en),
  counts: arms.map((arm, i) => ({ arm, n: counts[i] as number, of: [6138, 6137, 6137][i] as number })),
  pValue,
  withinP: Math.min(1, pValue * 1.8),
  tone,
});

export const stages = (sent: boolean, broken = false): ExperimentResults['lost'] => [
  stage('assigned', 'Entraron', 'Entered', [6138, 6137, 6137], 1),
  ...(sent
    ? [
        stage('cleared', 'Pasan las reglas', 'Pass the rules', [5737, 5735, 5736], 0.97),
        stage('exported', 'Salieron', 'Exported', [5730, 5729, 5728], 0.98),
        broken
          ? stage('delivered', 'Recibieron', 'Delivered', [5402, 4911, 5398], 0.0000004, 'bad')
          : stage('delivered', 'Recibieron', 'Delivered', [5402, 5391, 5398], 0.41),
        stage('outcomes', 'Con resultado', 'With an outcome', [6130, 6127, 6129], 0.88),
      ]
    : []),
];

export const leftOut: ExperimentResults['leftOut'] = [
  {
    reason: 'frequency_cap',
    title: text('tope de contactos de la semana', 'cap of contacts of the week'),
    counts: arms.map((arm, i) => ({ arm, n: 214 + i })),
  },
  {
    reason: 'permission',
    title: text('sin permiso para el canal', 'no permission for the channel'),
    counts: arms.map((arm, i) => ({ arm, n: 187 - i })),
  },
  {
    reason: 'not_delivered',
    title: text('el mensaje no llegó', 'the message did not arrive'),
    counts: arms.map((arm, i) => ({ arm, n: 328 + 3 * i })),
  },
];

export const segments = (judged: boolean): ExperimentResults['segments'] =>
  !judged
    ? []
    : arms.slice(1).map((arm, k) => ({
        column: 'country',
        title: text('País', 'Country'),
        declared: true,
        arm,
        interactionP: 0.41,
        finding: text(
          'No hay evidencia de que los países difieran: una sola regla para todos.',
          'No evidence that countries differ: one rule for all.',
        ),
        levels: (
          [
            ['MX', 9120, 0.023],
            ['CO', 6033, 0.018],
            ['CL', 3259, 0.014],
          ] as const
        ).map(([level, n, size]) => ({
          level,
          n,
          raw: effectOf(size * (k ? 0.3 : 1), 0.85 / Math.sqrt(n)),
          shrunken: effectOf((0.0195 + (size - 0.0195) * 0.4) * (k ? 0.4 : 1), 0.6 / Math.sqrt(n)),
        })),
      }));

export const money: ExperimentResults['money'] = ['USD', 'COP'].flatMap((currency, c) =>
  arms.slice(1).map((arm, k) => ({
    currency,
    arm,
    capped: effectOf((k ? 320 : 1460) * (c ? 4000 : 1), 610 * (c ? 4000 : 1)),
    raw: effectOf((k ? 180 : 1790) * (c ? 4000 : 1), 980 * (c ? 4000 : 1)),
    cap: c ? 2_400_000 : 600,
    costPerThousand: c ? 62_000 : 15.5,
    controlCostPerThousand: c ? 62_000 : 15.5,
  })),
);

export const harm = (crossed: boolean): ExperimentResults['harm'] =>
  (
    [
      ['complaints', 'Quejas', 'Complaints'],
      ['opt_outs', 'Bajas', 'Opt-outs'],
      ['hardship', 'Dificultad declarada', 'Hardship declared'],
    ] as const
  ).flatMap(([metric, es, en], m) =>
    arms.slice(1).map((arm, k) => {
      const hit = crossed && metric === 'complaints' && arm === 'loss_aversion';
      return {
        metric,
        title: text(es, en),
        arm,
        events: hit ? 61 : 24 + m * 9 + k,
        n: 6137,
        controlEvents: 25 + m * 9,
        controlN: 6138,
        statistic: hit ? 3.9 : 0.2 + 0.3 * k + 0.1 * m,
        boundary: 2.12,
        method: text(
          'Diferencia estandarizada, gasto tipo Pocock',
          'Standardised difference, Pocock-type spending',
        ),
        crossed: hit,
        checkedOn: '2026-12-11',
      };
    }),
  );

export const sensitivity: ExperimentResults['sensitivity'] = arms.slice(1).flatMap((arm, k) =>
  (
    [
      ['Newcombe, sin ajustar', 'Newcombe, unadjusted', 0.0198, 0.0064],
      ['Siempre válida (secuencia de confianza)', 'Always valid (confidence sequence)', 0.021, 0.0095],
      ['Por conglomerados de cuentas', 'Clustered by accounts', 0.0205, 0.0066],
    ] as const
  ).map(([es, en, size, se]) => ({
    metric: 'cured',
    arm,
    effect: { ...effectOf(size * (k ? 0.4 : 1), se), method: text(es, en) },
  })),
);
