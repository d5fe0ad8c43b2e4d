import { format, type Locale, type Text, type TextValues } from '#core/text/text.ts';

/** What the command line says of itself; errors and results have their own words. */
const phrases = {
  interrupted: {
    es: 'Quedó a medias: {kind} ({id}). Sigue desde donde iba.',
    en: 'Was cut off: {kind} ({id}). It goes on from where it was.',
  },
  waiting: {
    es: 'Quedó a medias: {kind} ({id}). Seguirá con `ensayo start` o con la próxima orden que haga un trabajo.',
    en: 'Was cut off: {kind} ({id}). It goes on with `ensayo start` or the next command that does work.',
  },
  stepDone: { es: '{kind}: {step} hecho', en: '{kind}: {step} done' },
  serving: {
    es: 'Ensayo está abierto. Entre con este enlace (sirve una vez):',
    en: 'Ensayo is open. Sign in with this link (works once):',
  },
  building: { es: 'Preparando la página…', en: 'Building the page…' },
  sampling: {
    es: 'Se está generando la cartera simulada; la página muestra el avance.',
    en: 'The simulated portfolio is being generated; the page shows how far it is.',
  },
  stopped: { es: 'Ensayo se cerró.', en: 'Ensayo has closed.' },
  demoStep: {
    es: '{name}: {seconds, number, ::.0} s, {rows, number, integer} filas',
    en: '{name}: {seconds, number, ::.0} s, {rows, number, integer} rows',
  },
  demoFolder: { es: 'Espacio de trabajo: {folder}', en: 'Workspace: {folder}' },
  demoModel: {
    es: '{called, select, alone {Se curan solas} other {Cura con la política actual}}: AUC {auc, number, ::.000} ({lower, number, ::.000}–{upper, number, ::.000}); solo con los días de mora, {baseline, number, ::.000}',
    en: '{called, select, alone {Cure alone} other {Cure under the current policy}}: AUC {auc, number, ::.000} ({lower, number, ::.000}–{upper, number, ::.000}); days past due alone, {baseline, number, ::.000}',
  },
  demoExport: {
    es: 'Salieron {rows, number, integer} personas y {excluded, number, integer} quedaron por regla: {manifest}',
    en: '{rows, number, integer} people left and {excluded, number, integer} were kept back by rule: {manifest}',
  },
} satisfies Record<string, Text>;

export const phrase = (name: keyof typeof phrases, locale: Locale, values: TextValues = {}): string =>
  format(phrases[name], locale, values);
