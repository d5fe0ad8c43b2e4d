import type { Light } from '#core/contract/models/feature-report.ts';
import type { MonitoredDate, MonitoredVersion, Watch } from '#core/contract/models/monitoring.ts';
import { format, type Text, type TextValues } from '#core/text/text.ts';
import { psiLimits } from '../feature-report/shift.ts';
import { maturedLimits } from './matured.ts';

const order: readonly Light[] = ['good', 'warn', 'harm'];
export const worst = (lights: readonly Light[]): Light =>
  lights.reduce((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a), 'good' as Light);

/** Days before a card expires from which its light is amber. */
const expirySoonDays = 30;
/** Share of the columns that may have moved a lot before the light of all of them turns red. */
const movedShare = 0.2;

const titles: Record<Watch['id'], Text> = {
  score: { es: 'Puntajes', en: 'Scores' },
  features: { es: 'Variables', en: 'Features' },
  auc: { es: 'Orden de las personas', en: 'Ranking of people' },
  calibration: { es: 'Probabilidades', en: 'Probabilities' },
  expiry: { es: 'Vigencia', en: 'Expiry' },
  data: { es: 'Datos del entrenamiento', en: 'Training data' },
};

const say = (text: Text, values: TextValues): Text => ({
  es: format(text, 'es', values),
  en: format(text, 'en', values),
});

export const watchLimits: { id: Watch['id']; title: Text; rule: Text }[] = (
  [
    [
      'score',
      'PSI de los puntajes contra los del entrenamiento: ámbar desde {warn, number}, rojo desde {harm, number}, y solo si pasa de lo que da el azar una vez en cien.',
      'PSI of the scores against those of the training: amber from {warn, number}, red from {harm, number}, and only beyond what chance gives once in a hundred.',
    ],
    [
      'features',
      'El mismo índice (CSI) por variable usada: ámbar si alguna se movió, rojo si más de un quinto pasó de {harm, number}.',
      'The same index (CSI) for each feature used: amber when one moved, red when more than a fifth passed {harm, number}.',
    ],
    [
      'auc',
      'AUC de los puntajes con desenlace conocido contra el de la ficha: ámbar si baja más que el azar, rojo si además baja más de {drop, number}.',
      'AUC of scores with a known outcome against the card’s: amber when it falls beyond chance, red when it also falls by more than {drop, number}.',
    ],
    [
      'calibration',
      'Lo que pasó menos lo predicho: ámbar si su intervalo excluye 0 y pasa de {gapWarn, number, percent}, rojo si pasa de {gapHarm, number, percent}.',
      'What happened less what was predicted: amber when its interval excludes 0 and it passes {gapWarn, number, percent}, red when it passes {gapHarm, number, percent}.',
    ],
    [
      'expiry',
      'Ámbar a {days} días de vencer la ficha, rojo cuando venció.',
      'Amber {days} days before the card expires, red once it has.',
    ],
    [
      'data',
      'Rojo si se retiró alguna carga con la que se entrenó.',
      'Red when a load it was trained on was withdrawn.',
    ],
  ] as const
).map(([id, es, en]) => ({
  id,
  title: titles[id],
  rule: say(
    { es, en },
    {
      ...psiLimits,
      drop: maturedLimits.aucDrop,
      gapWarn: maturedLimits.gapWarn,
      gapHarm: maturedLimits.gapHarm,
      days: expirySoonDays,
    },
  ),
}));

const watch = (id: Watch['id'], light: Light, text: Text, values: TextValues = {}): Watch => ({
  id,
  light,
  title: titles[id],
  sentence: say(text, values),
});

const unscored: Text = {
  es: 'Aún no hay puntajes de esta versión.',
  en: 'There are no scores of this version yet.',
};
const immature: Text = {
  es: 'Ningún puntaje tiene todavía su desenlace.',
  en: 'No score has its outcome yet.',
};

function scoreWatch(last: MonitoredDate | undefined): Watch {
  if (!last) return watch('score', 'warn', unscored);
  const { psi, limit, light } = last.score;
  return watch(
    'score',
    light,
    light === 'good'
      ? {
          es: 'Los puntajes del {date, date, day} se reparten como los del entrenamiento (PSI {psi, number, decimal}).',
          en: 'The scores of {date, date, day} lie as those of the training did (PSI {psi, number, decimal}).',
        }
      : {
          es: 'Los puntajes del {date, date, day} se movieron: PSI {psi, number, decimal}, y el azar daría menos de {limit, number, decimal}.',
          en: 'The scores of {date, date, day} moved: PSI {psi, number, decimal}, and chance would give less than {limit, number, decimal}.',
        },
    { date: Date.parse(last.asOf), psi: psi ?? 0, limit: limit ?? 0 },
  );
}

function featureWatch(last: MonitoredDate | undefined): Watch {
  if (!last) return watch('features', 'warn', unscored);
  const moved = last.features.filter(({ shift }) => shift.light !== 'good');
  const far = moved.filter(({ shift }) => shift.light === 'harm').length;
  const light = moved.length === 0 ? 'good' : far > movedShare * last.features.length ? 'harm' : 'warn';
  const names = (locale: 'es' | 'en') =>
    moved
      .slice(0, 3)
      .map(({ title }) => title[locale])
      .join('; ');
  const of: Text = {
    es: 'Al {date, date, day} {moved, plural, one {se movió # variable} other {se movieron # variables}} de {all}: {names}.',
    en: 'On {date, date, day} {moved, plural, one {# feature of {all} has} other {# features of {all} have}} moved: {names}.',
  };
  if (light === 'good')
    return watch(
      'features',
      light,
      {
        es: 'Al {date, date, day} ninguna de las {all} variables se movió más que el azar y el límite.',
        en: 'On {date, date, day} none of the {all} features moved beyond chance and the limit.',
      },
      { date: Date.parse(last.asOf), all: last.features.length },
    );
  const values = { date: Date.parse(last.asOf), moved: moved.length, all: last.features.length };
  return {
    ...watch('features', light, of, { ...values, names: '' }),
    sentence: {
      es: format(of, 'es', { ...values, names: names('es') }),
      en: format(of, 'en', { ...values, names: names('en') }),
    },
  };
}

function outcomeWatches(dates: readonly MonitoredDate[]): Watch[] {
  const last = dates.findLast(({ outcome }) => outcome !== null);
  const found = last?.outcome;
  if (!last || !found) return [watch('auc', 'good', immature), watch('calibration', 'good', immature)];
  const auc =
    found.auc.estimate === null
      ? watch(
          'auc',
          'good',
          {
            es: 'De los puntajes del {date, date, day} no se puede calcular el AUC.',
            en: 'The AUC of the scores of {date, date, day} cannot be computed.',
          },
          { date: Date.parse(last.asOf) },
        )
      : watch(
          'auc',
          found.aucLight,
          found.aucLight === 'good'
            ? {
                es: 'Los puntajes del {date, date, day} ordenaron como dice la ficha: AUC {auc, number, decimal}.',
                en: 'The scores of {date, date, day} ranked as the card says: AUC {auc, number, decimal}.',
              }
            : {
                es: 'Los puntajes del {date, date, day} ordenaron peor que en la ficha: AUC {auc, number, decimal}.',
                en: 'The scores of {date, date, day} ranked worse than the card says: AUC {auc, number, decimal}.',
              },
          { date: Date.parse(last.asOf), auc: found.auc.estimate },
        );
  const calibration = watch(
    'calibration',
    found.gapLight,
    {
      es: 'Al {date, date, day} se predijo {predicted, number, percent} y pasó {observed, number, percent} ({n, number} personas).',
      en: 'On {date, date, day} {predicted, number, percent} was predicted and {observed, number, percent} happened ({n, number} people).',
    },
    {
      date: Date.parse(last.asOf),
      predicted: found.predicted,
      observed: found.observed.estimate,
      n: found.n,
    },
  );
  return [auc, calibration];
}

/** Everything that is watched of a version, worst light first among equals in the order of the list. */
export function watchesOf(
  dates: readonly MonitoredDate[],
  { expiresOn, today, withdrawn }: { expiresOn: string; today: string; withdrawn: number },
): Pick<MonitoredVersion, 'watches' | 'light'> {
  const daysLeft = Math.round((Date.parse(expiresOn) - Date.parse(today)) / 86_400_000);
  const last = dates.at(-1);
  const watches = [
    scoreWatch(last),
    featureWatch(last),
    ...outcomeWatches(dates),
    watch(
      'expiry',
      daysLeft < 0 ? 'harm' : daysLeft <= expirySoonDays ? 'warn' : 'good',
      daysLeft < 0
        ? { es: 'La ficha venció el {date, date, day}.', en: 'The card expired on {date, date, day}.' }
        : {
            es: 'La ficha vale hasta el {date, date, day}.',
            en: 'The card is valid until {date, date, day}.',
          },
      { date: Date.parse(expiresOn) },
    ),
    watch(
      'data',
      withdrawn > 0 ? 'harm' : 'good',
      withdrawn > 0
        ? {
            es: 'Se {withdrawn, plural, one {retiró # carga} other {retiraron # cargas}} de su entrenamiento.',
            en: '{withdrawn, plural, one {# load} other {# loads}} of its training {withdrawn, plural, one {was} other {were}} withdrawn.',
          }
        : { es: 'Todas las cargas de su entrenamiento siguen.', en: 'All loads of its training are live.' },
      { withdrawn },
    ),
  ];
  return { watches, light: worst(watches.map(({ light }) => light)) };
}
