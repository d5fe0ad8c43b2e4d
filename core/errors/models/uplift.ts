/** Errors of questions about what an action changes. */
export const uplift = {
  uplift_one_learner: {
    status: 422,
    message: {
      es: 'Se pidieron {count} formas de aprender ({learners}); esta pregunta se ajusta con una sola.',
      en: 'Asked for {count} learners ({learners}); this question is fitted with one.',
    },
    fix: {
      es: 'Elija una. Para comparar, entrene dos versiones.',
      en: 'Choose one. To compare, train two versions.',
    },
  },
  uplift_no_decisions: {
    status: 409,
    message: {
      es: 'No hay decisiones que comparar del {first} al {last}: ninguna persona en mora con los días pedidos y con su plazo de {windowDays} días dentro de los datos.',
      en: 'There are no decisions to compare from {first} to {last}: nobody as late as asked with the whole {windowDays}-day window inside the data.',
    },
    fix: {
      es: 'Cargue más meses, o amplíe los días de mora.',
      en: 'Load more months, or widen the days past due.',
    },
  },
  uplift_no_attempts: {
    status: 409,
    message: {
      es: 'En {rows} decisiones no se intentó ningún canal: no hay efecto que medir.',
      en: 'No channel was attempted in {rows} decisions: there is no effect to measure.',
    },
    fix: {
      es: 'Cargue la tabla de contactos (contacts), con canal y fecha de cada intento.',
      en: 'Load the table of contacts, with channel and date of each attempt.',
    },
  },
  uplift_no_untreated: {
    status: 409,
    message: {
      es: 'En las {rows} decisiones siempre se intentó algún canal: sin días sin intento no hay con qué comparar.',
      en: 'Some channel was attempted in all {rows} decisions: without days without an attempt there is nothing to compare with.',
    },
    fix: {
      es: 'Cargue a las personas a quienes no se contactó, o deje a algunas sin contacto por sorteo.',
      en: 'Load the people who were not contacted, or leave some without contact by lottery.',
    },
  },
  uplift_no_overlap: {
    status: 409,
    message: {
      es: 'En ninguna de las {rows} decisiones se podía tanto intentar un canal como no hacer nada: quién recibía qué se deduce por completo de los datos.',
      en: 'In none of {rows} decisions were an attempt and doing nothing both possible: who got what follows entirely from the data.',
    },
    fix: {
      es: 'Hace falta que parte de las decisiones se tomen al azar. Un experimento con un brazo sin contacto lo da.',
      en: 'Some decisions have to be left to chance. An experiment with an arm without contact gives that.',
    },
  },
  uplift_no_effects: {
    status: 409,
    message: {
      es: 'La versión {versionId} no aprendió el efecto de ningún canal: no hay con qué puntuar.',
      en: 'Version {versionId} learned the effect of no channel: there is nothing to score with.',
    },
    fix: {
      es: 'Vea en su ficha por qué se rechazó cada canal.',
      en: 'See on its card why each channel was refused.',
    },
  },
  uplift_scores_missing: {
    status: 404,
    message: {
      es: 'La versión {versionId} aún no ha puntuado a nadie.',
      en: 'Version {versionId} has scored nobody yet.',
    },
    fix: { es: 'Puntúe con ella primero.', en: 'Score with it first.' },
  },
  uplift_not_a_version: {
    status: 422,
    message: {
      es: 'La versión {versionId} responde a «{model}», que no compara canales.',
      en: 'Version {versionId} answers "{model}", which does not compare channels.',
    },
    fix: { es: 'Elija una versión de canales.', en: 'Choose a version about channels.' },
  },
} as const;
