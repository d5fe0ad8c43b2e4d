/** Errors of the segment step. */
export const segment = {
  amount_without_currency: {
    status: 422,
    message: { es: 'el importe {amount} no tiene moneda', en: 'amount {amount} has no currency' },
    fix: {
      es: 'Diga en qué moneda está: importes de monedas distintas no se comparan.',
      en: 'Say which currency it is in: amounts of different currencies are not compared.',
    },
  },
  unknown_segment_column: {
    status: 422,
    message: {
      es: 'columna desconocida: «{column}»; se conocen {known}',
      en: 'unknown column: "{column}"; known are {known}',
    },
    fix: { es: 'Elija una columna de la lista.', en: 'Choose a column of the list.' },
  },
  unknown_segment_score: {
    status: 422,
    message: {
      es: 'no hay puntajes de «{model}»; hay de {known}',
      en: 'there are no scores of "{model}"; there are of {known}',
    },
    fix: {
      es: 'Puntúe primero las cuentas con ese modelo.',
      en: 'Score the accounts with that model first.',
    },
  },
  unknown_segment_feature: {
    status: 422,
    message: {
      es: 'rasgo desconocido: «{feature}»; se conocen {known}',
      en: 'unknown feature: "{feature}"; known are {known}',
    },
    fix: { es: 'Elija un rasgo de la lista.', en: 'Choose a feature of the list.' },
  },
  unknown_segment_experiment: {
    status: 422,
    message: {
      es: 'ningún experimento «{experiment}» tiene personas sorteadas; las tienen {known}',
      en: 'no experiment "{experiment}" has people drawn into it; these have: {known}',
    },
    fix: { es: 'Elija un experimento de la lista.', en: 'Choose an experiment of the list.' },
  },
  unknown_segment_arm: {
    status: 422,
    message: {
      es: 'el experimento no tiene el brazo «{arm}»; tiene {known}',
      en: 'the experiment has no arm "{arm}"; it has {known}',
    },
    fix: { es: 'Elija un brazo de la lista.', en: 'Choose an arm of the list.' },
  },
  unknown_segment_style: {
    status: 422,
    message: {
      es: 'estilo desconocido: «{style}»; se conocen {known}',
      en: 'unknown style: "{style}"; known are {known}',
    },
    fix: { es: 'Elija un estilo de la lista.', en: 'Choose a style of the list.' },
  },
  unknown_segment_channel: {
    status: 422,
    message: {
      es: 'nadie tiene como mejor canal «{channel}»; los que se eligieron son {known}',
      en: 'nobody\'s best channel is "{channel}"; those chosen are {known}',
    },
    fix: {
      es: 'Elija un canal de la lista; si está vacía, puntúe primero el modelo de canales.',
      en: 'Choose a channel of the list; where it is empty, score the model of channels first.',
    },
  },
  amount_too_fine: {
    status: 422,
    message: {
      es: 'el importe {amount} tiene más de dos decimales',
      en: 'amount {amount} has more than two decimals',
    },
    fix: { es: 'Redondéelo a centésimos.', en: 'Round it to hundredths.' },
  },
  number_too_large: {
    status: 422,
    message: {
      es: '«{column}»: el número {number} es demasiado grande; el mayor es {most}',
      en: '"{column}": the number {number} is too large; the largest is {most}',
    },
    fix: { es: 'Quite ese límite o escriba uno menor.', en: 'Leave that bound out or write a smaller one.' },
  },
  amounts_across_currencies: {
    status: 422,
    message: {
      es: '«{measure}» está en varias monedas: no se ordena en toda la cartera',
      en: '"{measure}" is in several currencies: it has no order in the whole book',
    },
    fix: {
      es: 'Pida el percentil dentro de su moneda.',
      en: 'Ask for the percentile within its currency.',
    },
  },
  measure_without_order: {
    status: 422,
    message: {
      es: '«{measure}» es una categoría: no se ordena ni se mide',
      en: '"{measure}" is a category: it has no order and no distance',
    },
    fix: { es: 'Elija un número.', en: 'Choose a number.' },
  },
  percentile_out_of_range: {
    status: 422,
    message: {
      es: 'el percentil {share} no está entre 0 y 1',
      en: 'percentile {share} is not between 0 and 1',
    },
    fix: { es: 'Escriba 0.9 para el 90 %.', en: 'Write 0.9 for 90%.' },
  },
  centres_do_not_fit: {
    status: 422,
    message: {
      es: 'el centro {nearest} de {centres} no encaja: hay {measures} medidas y un centro con {values} valores',
      en: 'centre {nearest} of {centres} does not fit: there are {measures} measures and a centre with {values} values',
    },
    fix: {
      es: 'Dé un valor por medida en cada centro y el número de uno de ellos.',
      en: 'Give a value a measure in each centre and the number of one of them.',
    },
  },
  condition_too_large: {
    status: 422,
    message: {
      es: 'el segmento tiene {conditions} condiciones y {depth} niveles; caben {most} y {deepest}',
      en: 'the segment has {conditions} conditions and {depth} levels; {most} and {deepest} fit',
    },
    fix: { es: 'Junte algunas de sus partes.', en: 'Join some of its parts.' },
  },
  unknown_flag: {
    status: 422,
    message: {
      es: 'marca desconocida: «{flag}»; se conocen {known}',
      en: 'unknown flag: "{flag}"; known are {known}',
    },
    fix: { es: 'Elija una marca de la lista.', en: 'Choose a flag of the list.' },
  },
  condition_does_not_fit: {
    status: 422,
    message: {
      es: 'la columna «{column}» no admite la condición «{is}»',
      en: 'the column "{column}" does not take the condition "{is}"',
    },
    fix: {
      es: 'Use between con números e importes, in y not_in con categorías.',
      en: 'Use between for numbers and amounts, in and not_in for categories.',
    },
  },
  empty_range: {
    status: 422,
    message: {
      es: 'el intervalo de «{column}» no contiene nada: desde {from} hasta {to}',
      en: 'the range of "{column}" holds nothing: from {from} to {to}',
    },
    fix: {
      es: 'Dé al menos un límite; «desde» debe ser menor que «hasta».',
      en: 'Give one bound at least; "from" must be lower than "to".',
    },
  },
  too_few_to_group: {
    status: 422,
    message: {
      es: 'hay {accounts} cuentas que agrupar; hacen falta {least}',
      en: 'there are {accounts} accounts to group; {least} are needed',
    },
    fix: { es: 'Afloje las condiciones.', en: 'Loosen the conditions.' },
  },
  nothing_varies: {
    status: 422,
    message: {
      es: 'las medidas elegidas no distinguen a nadie',
      en: 'the measures chosen tell nobody apart',
    },
    fix: { es: 'Elija otras medidas.', en: 'Choose other measures.' },
  },
  target_needed: {
    status: 422,
    message: {
      es: 'el árbol no tiene qué distinguir: no hay puntajes',
      en: 'the tree has nothing to tell apart: there are no scores',
    },
    fix: { es: 'Dé un objetivo, o puntúe un modelo.', en: 'Give a target, or score a model.' },
  },
  segment_empty: {
    status: 422,
    message: {
      es: 'el segmento «{segment}» no tiene a nadie',
      en: 'the segment "{segment}" has nobody in it',
    },
    fix: { es: 'Afloje alguna condición.', en: 'Loosen one of its conditions.' },
  },
  no_snapshots: {
    status: 409,
    message: {
      es: 'la cartera no tiene saldos a ninguna fecha',
      en: 'the portfolio has no balances on any date',
    },
    fix: { es: 'Cargue la tabla snapshots.', en: 'Load the table snapshots.' },
  },
} as const;
