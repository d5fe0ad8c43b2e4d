import type { Text } from '../text/text.ts';

/** What the tables hold that the steps of the line make. */
export const lineTables: Record<string, { about: Text; columns: Record<string, Text> }> = {
  scores: {
    about: { es: 'Puntajes por modelo, fecha y cuenta', en: 'Scores by model, date and account' },
    columns: {
      version_id: { es: 'Versión del modelo', en: 'Version of the model' },
      account_id: { es: 'Cuenta', en: 'Account' },
      as_of: { es: 'Fecha', en: 'Date' },
      score: { es: 'Probabilidad estimada, de 0 a 1', en: 'Estimated probability, 0 to 1' },
    },
  },
  segment_members: {
    about: { es: 'Cuentas de cada segmento congelado', en: 'Accounts of each frozen segment' },
    columns: {
      segment_id: {
        es: 'Segmento, o el congelado de él que no está en uso',
        en: 'Segment, or a freeze of it that is not in use',
      },
      account_id: { es: 'Cuenta', en: 'Account' },
      customer_id: { es: 'Titular', en: 'Holder' },
      as_of: { es: 'Fecha del segmento', en: 'Date of the segment' },
    },
  },
  assignments: {
    about: { es: 'Brazo de cada persona por experimento', en: 'Arm of each person by experiment' },
    columns: {
      assignment_id: { es: 'Asignación', en: 'Assignment' },
      experiment_id: { es: 'Experimento', en: 'Experiment' },
      customer_id: { es: 'Persona', en: 'Person' },
      arm: { es: 'Brazo', en: 'Arm' },
      stratum: { es: 'Estrato', en: 'Stratum' },
      block: { es: 'Bloque dentro del estrato', en: 'Block inside the stratum' },
      propensity: { es: 'Probabilidad de caer en ese brazo', en: 'Probability of that arm' },
      salt: { es: 'Semilla del sorteo', en: 'Seed of the draw' },
      plan_hash: { es: 'Huella del plan', en: 'Hash of the plan' },
      assigned_at: { es: 'Sorteada', en: 'Drawn at' },
      entered_on: { es: 'Día en que entra, su día 0', en: 'Day of entering, their day 0' },
      wave: { es: 'Tanda en que entra', en: 'Wave of entering' },
      cohort: { es: 'Día del sorteo', en: 'Day of the draw' },
      text_lot: { es: 'Lote del texto que le tocó', en: 'Lot that chose their text' },
    },
  },
  exclusions: {
    about: {
      es: 'A quién no se le escribe, y por qué regla',
      en: 'Who is not written to, and by which rule',
    },
    columns: {
      batch_id: { es: 'Lote', en: 'Batch' },
      assignment_id: { es: 'Asignación', en: 'Assignment' },
      experiment_id: { es: 'Experimento', en: 'Experiment' },
      customer_id: { es: 'Persona', en: 'Person' },
      arm: { es: 'Brazo', en: 'Arm' },
      rule: { es: 'Regla', en: 'Rule' },
      rule_set: { es: 'Conjunto de reglas', en: 'Rule set' },
      rule_version: { es: 'Versión de las reglas', en: 'Version of the rules' },
      rule_status: { es: 'Si la regla está verificada', en: 'Whether the rule is verified' },
      decides: { es: 'Es la regla que decidió', en: 'This rule decided' },
    },
  },
  export_rows: {
    about: { es: 'Mensajes que salieron', en: 'Messages that left' },
    columns: {
      export_id: { es: 'Exportación', en: 'Export' },
      message_key: { es: 'Clave única del mensaje', en: 'Unique key of the message' },
      assignment_id: { es: 'Asignación', en: 'Assignment' },
      customer_id: { es: 'Persona', en: 'Person' },
      arm: { es: 'Brazo', en: 'Arm' },
      touch: { es: 'Número de contacto', en: 'Number of the contact' },
      channel: { es: 'Canal', en: 'Channel' },
      state: { es: 'Estado', en: 'State' },
      rule: { es: 'Regla que la retuvo', en: 'Rule that kept it back' },
      seq: { es: 'Lugar en la exportación, desde 0', en: 'Place in the export, from 0' },
      attempts: { es: 'Llamadas hechas por la fila', en: 'Calls made for the row' },
      rejections: { es: 'Envíos en que el receptor la rechazó', en: 'Runs in which the receiver refused it' },
      doubtful: { es: 'El receptor quizá la tiene ya', en: 'The receiver may have it already' },
      call_id: { es: 'Llamada en que salió', en: 'Call in which it left' },
      reason: { es: 'Por qué está en ese estado', en: 'Why it stands in that state' },
      not_before: { es: 'No antes de este instante (UTC)', en: 'Not before this instant (UTC)' },
      changed_at: { es: 'Último cambio de estado (UTC)', en: 'Last change of state (UTC)' },
    },
  },
};
