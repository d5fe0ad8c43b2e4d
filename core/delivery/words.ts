import type { Text } from '../text/text.ts';
import type { RowState } from './answer.ts';
import type { RecallReason } from './recalled.ts';
import type { WithheldReason } from './withheld.ts';

/** Where a row stands, in words. */
export const rowStateTitles: Readonly<Record<RowState, Text>> = {
  pending: { es: 'por salir', en: 'to leave' },
  sending: { es: 'saliendo', en: 'leaving' },
  acknowledged: { es: 'aceptado por el receptor', en: 'accepted by the receiver' },
  written: { es: 'en un archivo', en: 'in a file' },
  uncertain: { es: 'incierto: quizá llegó', en: 'uncertain: it may have arrived' },
  rejected: { es: 'rechazado', en: 'rejected' },
  dead: { es: 'rechazado sin más intentos', en: 'rejected, no tries left' },
  withheld: { es: 'retenido al salir', en: 'withheld on the way out' },
  expired: { es: 'venció su ventana', en: 'its window closed' },
  cancelled: { es: 'cancelado', en: 'cancelled' },
  excluded: { es: 'retenido por regla', en: 'kept back by rule' },
};

/** Our own reasons why a row stands where it does; a receiver's stay as it gave them. */
const reasonTitles: Readonly<Record<WithheldReason | RecallReason | 'capacity' | 'cut_off', Text>> = {
  capacity: { es: 'no cupo en la capacidad del día', en: 'beyond the capacity of the day' },
  cut_off: { es: 'el servidor se detuvo mientras salía', en: 'the server stopped while it left' },
  forgotten: { es: 'pidió ser olvidada', en: 'asked to be forgotten' },
  death: { es: 'falleció', en: 'died' },
  deceased: { es: 'falleció', en: 'died' },
  cease_contact: { es: 'pidió que no se le contacte', en: 'asked not to be contacted' },
  opt_out: { es: 'se dio de baja del canal', en: 'opted out of the channel' },
  complaint: { es: 'presentó una queja', en: 'complained' },
  dispute: { es: 'disputa la deuda', en: 'disputes the debt' },
  insolvent: { es: 'insolvencia', en: 'insolvency' },
  vulnerable: { es: 'situación de vulnerabilidad', en: 'vulnerable situation' },
  hardship: { es: 'dificultad económica', en: 'hardship' },
  plan: { es: 'tiene un plan de pagos', en: 'has a payment plan' },
  payment: { es: 'pagó', en: 'paid' },
  paid: { es: 'pagó', en: 'paid' },
  promise: { es: 'prometió pagar', en: 'promised to pay' },
  contacted: { es: 'otro contacto llenó su tope', en: 'another contact filled a cap' },
  promised: { es: 'prometió pagar', en: 'promised to pay' },
};

/** One of our own reasons in words; null for any other text. */
export const reasonTitle = (reason: string): Text | null =>
  Object.hasOwn(reasonTitles, reason) ? reasonTitles[reason as keyof typeof reasonTitles] : null;
