import { fixed, type Holiday, holiday, nthMonday } from '../holidays.ts';

/** Article 74 of the Federal Labour Law. A president takes office on 1 October every six years from 2024. */
export const mexico: Holiday[] = [
  holiday('Año Nuevo', 'New Year’s Day', fixed('01-01')),
  holiday('Día de la Constitución', 'Constitution Day', nthMonday(2, 1)),
  holiday('Natalicio de Benito Juárez', 'Birth of Benito Juárez', nthMonday(3, 3)),
  holiday('Día del Trabajo', 'Labour Day', fixed('05-01')),
  holiday('Independencia', 'Independence Day', fixed('09-16')),
  holiday('Transmisión del Poder Ejecutivo', 'A president takes office', (year) =>
    year % 6 === 2 ? [`${year}-10-01`] : [],
  ),
  holiday('Revolución Mexicana', 'Mexican Revolution', nthMonday(11, 3)),
  holiday('Navidad', 'Christmas Day', fixed('12-25')),
];
