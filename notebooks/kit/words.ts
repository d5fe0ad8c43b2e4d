import { contract } from '#core/contract/index.ts';
import type { LineStep } from '#core/contract/system.ts';
import type { Text } from '#core/text/text.ts';

/** What the page itself says, around what the notebook does. */
export const words = {
  code: { es: 'Código de esta celda', en: 'Code of this cell' },
  behind: { es: 'Los datos de este gráfico', en: 'The data of this chart' },
  what: { es: 'Vuelto a calcular', en: 'Reckoned again' },
  here: { es: 'Aquí', en: 'Here' },
  there: { es: 'En el espacio de trabajo', en: 'In the workspace' },
  verdict: { es: 'Resultado', en: 'Result' },
  holds: { es: 'Coincide', en: 'Agrees' },
  differs: { es: 'No coincide', en: 'Does not agree' },
  notYet: {
    es: 'Este paso todavía no se ha hecho en este espacio de trabajo: {step}.',
    en: 'This step has not been done in this workspace yet: {step}.',
  },
  doIt: { es: 'Para hacerlo:', en: 'To do it:' },
  failed: {
    es: '{line, select, none {Esta celda falló.} other {Esta celda falló en la línea {line}.}}',
    en: '{line, select, none {This cell failed.} other {This cell failed on line {line}.}}',
  },
  trace: { es: 'Rastro', en: 'Trace' },
  notRun: {
    es: 'No se ejecutó: una celda anterior falló.',
    en: 'Not run: an earlier cell failed.',
  },
  waiting: { es: 'En espera', en: 'Waiting' },
  running: { es: 'En marcha', en: 'Running' },
  runAgain: { es: 'Ejecutar de nuevo', en: 'Run again' },
  other: { es: 'English', en: 'Español' },
  notebooks: { es: 'Cuadernos', en: 'Notebooks' },
  made: {
    es: 'Ejecutado el {when} sobre {workspace}.',
    en: 'Run on {when} on {workspace}.',
  },
  summary: {
    es: '{checks, plural, =0 {Ninguna cifra se volvió a calcular} one {Una cifra se volvió a calcular} other {# cifras se volvieron a calcular}}; {differ, plural, =0 {ninguna difiere del espacio de trabajo.} one {# difiere del espacio de trabajo.} other {# difieren del espacio de trabajo.}}',
    en: '{checks, plural, =0 {No figure was reckoned again} one {One figure was reckoned again} other {# figures were reckoned again}}; {differ, plural, =0 {none differs from the workspace.} one {# differs from the workspace.} other {# differ from the workspace.}}',
  },
  pending: {
    es: 'Pasos de la línea que faltan: {steps}.',
    en: 'Steps of the line still to do: {steps}.',
  },
} satisfies Record<string, Text>;

export const stepStates = {
  blocked: { es: 'falta un paso anterior', en: 'an earlier step is missing' },
  ready: { es: 'por hacer', en: 'to do' },
  running: { es: 'en marcha', en: 'running' },
  done: { es: 'hecho', en: 'done' },
  stale: { es: 'hecho, con datos anteriores', en: 'done, on earlier data' },
} satisfies Record<string, Text>;

/** The name of each step of the line, and the endpoint whose command does it. */
export const steps: Record<LineStep, { name: Text; command: string }> = {
  load: { name: contract.loads.create.summary, command: 'npx ensayo demo --workspace <carpeta | folder>' },
  profile: {
    name: contract.portfolio.profile.summary,
    command: `npx ensayo ${contract.portfolio.profile.command}`,
  },
  train: {
    name: contract.models.train.summary,
    command: `npx ensayo ${contract.models.train.command} self-cure`,
  },
  score: { name: contract.scores.create.summary, command: `npx ensayo ${contract.scores.create.command}` },
  segment: {
    name: contract.segments.create.summary,
    command: `npx ensayo ${contract.segments.create.command}`,
  },
  design: {
    name: contract.experiments.create.summary,
    command: `npx ensayo ${contract.experiments.create.command}`,
  },
  assign: {
    name: contract.experiments.assign.summary,
    command: `npx ensayo ${contract.experiments.assign.command}`,
  },
  check: { name: contract.batches.create.summary, command: `npx ensayo ${contract.batches.create.command}` },
  export: { name: contract.exports.create.summary, command: `npx ensayo ${contract.exports.create.command}` },
};
