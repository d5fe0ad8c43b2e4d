import { fixed, type Holiday, holiday, nthWeekday } from '../holidays.ts';
import { addDays, dateMs, isoWeekday } from '../time/wall-clock.ts';

/** The day itself, and the Friday before or the Monday after on which it is kept when it falls on a weekend. */
const observed =
  (day: string) =>
  (year: number): string[] => {
    const date = `${year}-${day}`;
    const weekday = isoWeekday(dateMs(date));
    return weekday === 6 ? [addDays(date, -1), date] : weekday === 7 ? [date, addDays(date, 1)] : [date];
  };

/** Federal holidays, 5 USC 6103; states add their own. */
export const unitedStates: Holiday[] = [
  holiday('Año Nuevo', 'New Year’s Day', observed('01-01')),
  holiday('Año Nuevo (se guarda antes)', 'New Year’s Day (kept before)', (year) =>
    isoWeekday(dateMs(`${year + 1}-01-01`)) === 6 ? fixed('12-31')(year) : [],
  ),
  holiday('Martin Luther King', 'Martin Luther King Day', nthWeekday(1, 1, 3)),
  holiday('Día de los Presidentes', 'Washington’s Birthday', nthWeekday(2, 1, 3)),
  holiday('Memorial Day', 'Memorial Day', nthWeekday(5, 1, 0)),
  holiday('Juneteenth', 'Juneteenth', observed('06-19')),
  holiday('Independencia', 'Independence Day', observed('07-04')),
  holiday('Día del Trabajo', 'Labor Day', nthWeekday(9, 1, 1)),
  holiday('Columbus Day', 'Columbus Day', nthWeekday(10, 1, 2)),
  holiday('Veteranos', 'Veterans Day', observed('11-11')),
  holiday('Acción de Gracias', 'Thanksgiving', nthWeekday(11, 4, 4)),
  holiday('Navidad', 'Christmas Day', observed('12-25')),
];
