import { fixed, fromEaster, type Holiday, holiday, moved } from '../holidays.ts';
import { addDays, dateMs, isoWeekday } from '../time/wall-clock.ts';

const weekday = (date: string): number => isoWeekday(dateMs(date));

/** Tuesday to Thursday go back to that week's Monday, Friday on to the next (Ley 19.668). */
function workWeekMonday(date: string): string {
  const day = weekday(date);
  if (day >= 2 && day <= 4) return addDays(date, 1 - day);
  return day === 5 ? addDays(date, 3) : date;
}

/** Winter solstice. */
const solstice = (year: number): string[] => [`${year}-06-${year % 4 < 2 ? 20 : 21}`];

/** 31 October: a Tuesday moves to the Friday before, a Wednesday to the Friday after. */
const reformation = (year: number): string[] => {
  const day = weekday(`${year}-10-31`);
  return [day === 2 ? `${year}-10-27` : day === 3 ? `${year}-11-02` : `${year}-10-31`];
};

/**
 * Days that join the September holidays, and 2 January, to a weekend: Monday 17 or Friday 20 September (Ley 20.215); Friday 17
 * where the 18th and 19th fall on one, and Monday 2 January after a Sunday (Ley 20.983).
 */
const bridges = (year: number): string[] => [
  ...([1, 5].includes(weekday(`${year}-09-17`)) ? [`${year}-09-17`] : []),
  ...(weekday(`${year}-09-20`) === 5 ? [`${year}-09-20`] : []),
  ...(weekday(`${year}-01-02`) === 1 ? [`${year}-01-02`] : []),
];

export const chile: Holiday[] = [
  holiday('Año Nuevo', 'New Year’s Day', fixed('01-01')),
  holiday('Viernes Santo', 'Good Friday', fromEaster(-2)),
  holiday('Sábado Santo', 'Holy Saturday', fromEaster(-1)),
  holiday('Día del Trabajo', 'Labour Day', fixed('05-01')),
  holiday('Glorias Navales', 'Navy Day', fixed('05-21')),
  holiday('Pueblos Indígenas', 'Day of the Indigenous Peoples', solstice),
  holiday('San Pedro y San Pablo', 'Saints Peter and Paul', moved(workWeekMonday, '06-29')),
  holiday('Virgen del Carmen', 'Our Lady of Mount Carmel', fixed('07-16')),
  holiday('Asunción', 'Assumption', fixed('08-15')),
  holiday('Independencia', 'Independence Day', fixed('09-18')),
  holiday('Glorias del Ejército', 'Army Day', fixed('09-19')),
  holiday('Encuentro de Dos Mundos', 'Meeting of Two Worlds', moved(workWeekMonday, '10-12')),
  holiday('Iglesias Evangélicas', 'Reformation Day', reformation),
  holiday('Todos los Santos', 'All Saints', fixed('11-01')),
  holiday('Inmaculada Concepción', 'Immaculate Conception', fixed('12-08')),
  holiday('Navidad', 'Christmas Day', fixed('12-25')),
  holiday('Feriado adicional', 'Additional holiday', bridges),
];
