import { fixed, fromEaster, type Holiday, holiday, since } from '../holidays.ts';

export const peru: Holiday[] = [
  holiday('Año Nuevo', 'New Year’s Day', fixed('01-01')),
  holiday('Jueves Santo', 'Maundy Thursday', fromEaster(-3)),
  holiday('Viernes Santo', 'Good Friday', fromEaster(-2)),
  holiday('Día del Trabajo', 'Labour Day', fixed('05-01')),
  holiday('Batalla de Arica', 'Battle of Arica', since(2024, '06-07')),
  holiday('San Pedro y San Pablo', 'Saints Peter and Paul', fixed('06-29')),
  holiday('Fuerza Aérea', 'Air Force Day', since(2024, '07-23')),
  holiday('Fiestas Patrias', 'Independence Day', fixed('07-28', '07-29')),
  holiday('Batalla de Junín', 'Battle of Junín', since(2022, '08-06')),
  holiday('Santa Rosa de Lima', 'Saint Rose of Lima', fixed('08-30')),
  holiday('Combate de Angamos', 'Battle of Angamos', fixed('10-08')),
  holiday('Todos los Santos', 'All Saints', fixed('11-01')),
  holiday('Inmaculada Concepción', 'Immaculate Conception', fixed('12-08')),
  holiday('Batalla de Ayacucho', 'Battle of Ayacucho', since(2022, '12-09')),
  holiday('Navidad', 'Christmas Day', fixed('12-25')),
];
