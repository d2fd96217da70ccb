/** The words of the first screens, in Spanish. "Usted"; short and plain. */
import type { Side, Site, Texts } from "./en.ts";
import { plural } from "./plural.ts";

const count = plural("es");

const SITES = { arm: "brazo", leg: "pierna", trunk: "costado" } as const;
const SIDED: Record<Site, Record<Side, string>> = {
  arm: { left: "el brazo izquierdo", right: "el brazo derecho", both: "ambos brazos" },
  leg: { left: "la pierna izquierda", right: "la pierna derecha", both: "ambas piernas" },
  trunk: { left: "el costado izquierdo", right: "el costado derecho", both: "ambos costados" },
};

const indexPain = (site: Site, side: Side) => `Dolor en ${SIDED[site][side]}`;
const after = (n: number, one: string, many: string) => count(n, { one: `# ${one}`, many: `# ${many}`, other: `# ${many}` });

export const es: Texts = {
  app: "Afterblock",
  tabs: { label: "Partes de la aplicación", today: "Hoy", diary: "Diario", phone: "Este teléfono" },
  common: { yes: "Sí", no: "No", notSure: "No lo sé", cancel: "Cancelar", back: "Atrás", done: "Listo", close: "Cerrar", dayAndTime: (day, time) => `${day}, ${time}` },
  language: { title: "Idioma", failed: "No se pudo cargar este idioma. Abra esta página otra vez con conexión." },

  place: {
    planned: "Antes de su inyección",
    ended: "Su diario está completo",
    minutes: (n) => (n === 0 ? "Justo después de su inyección" : `${after(n, "minuto", "minutos")} después de su inyección`),
    hours: (n) => `${after(n, "hora", "horas")} después de su inyección`,
    days: (n) => `Día ${n} después de su inyección`,
    weeks: (n) => `${after(n, "semana", "semanas")} después de su inyección`,
  },

  sync: {
    allReceived: "Todo recibido",
    waiting: (n) => `${n} en este teléfono`,
    sending: "Enviando",
    help: (n) => count(n, { one: "# necesita ayuda", many: "# necesitan ayuda", other: "# necesitan ayuda" }),
    reconnect: "Volver a conectar",
    details: "Abrir Este teléfono",
  },

  pain: {
    index: indexPain,
    now: (site, side) => `${indexPain(site, side)}, ahora`,
    nowAsk: "Haga el movimiento que suele doler y luego elija.",
    thenAsk: "Como era en ese momento.",
    at: (site, side, time) => `${indexPain(site, side)}, ${time}`,
    average: (site, side) => `${indexPain(site, side)}, de media`,
    averageAsk: "En las últimas 24 horas.",
    worst: (site, side) => `${indexPain(site, side)}, lo peor`,
    worstAsk: "En las últimas 24 horas. Solo si quiere.",
    alsoNow: (site, side) => `${indexPain(site, side)}, ahora`,
    alsoNowAsk: "Solo si quiere.",
    axial: (region) => (region === "cervical" ? "Dolor de cuello, ahora" : "Dolor de espalda, ahora"),
    axialAverage: (region) => (region === "cervical" ? "Dolor de cuello, de media" : "Dolor de espalda, de media"),
    axialAsk: "Solo si quiere.",
    low: "0 sin dolor",
    high: "10 el peor imaginable",
    spoken: (n) => (n === 0 ? "0 de 10, sin dolor" : n === 5 ? "5 de 10, dolor moderado" : n === 10 ? "10 de 10, el peor dolor imaginable" : `${n} de 10`),
  },

  today: {
    answered: "Ya ha contestado este control. Gracias.",
    evening: "¿Cómo ha sido el dolor hoy?",
    eveningNote: "Un número cada noche ayuda a su clínica. Solo si quiere.",
    eveningAdd: "Dar la media de hoy",
    add: "Añadir un valor",
    nothingDue: "Ahora no hay nada que hacer",
    plannedTitle: "Su inyección está prevista",
    planned: "Guarde un valor poco antes. Su clínica fija la hora de la inyección, y entonces empiezan sus controles.",
    endedTitle: "Su diario está completo",
    ended: "Gracias. Todavía puede añadir un valor, y su diario sigue en este teléfono.",
    nextAt: (time) => `Próximo control a las ${time}.`,
    nextFrom: (day, time) => `Próximo control ${day}, desde las ${time}.`,
    anyTime: "Puede añadir un valor cuando quiera.",
    missed: (n) => count(n, { one: "Aún se puede rellenar # control anterior.", many: "Aún se pueden rellenar # controles anteriores.", other: "Aún se pueden rellenar # controles anteriores." }),
    openDiary: "Abrir el diario",
    clockWrong: "El reloj de su teléfono no está bien. Póngalo en automático.",
  },

  form: {
    usual: (drug, mg) => (mg === null ? `Tomé ${drug}` : `Tomé ${drug}, ${mg} mg`),
    helping: "Estoy ayudando",
    helpingHint: "Usted escribe por el paciente. Escriba lo que le diga.",
    nothing: "Nada que contar",
    longBefore: (days) => `Esto es ${count(days, { one: "# día", many: "# días", other: "# días" })} antes de su inyección. ¿Es correcta la fecha?`,
    longAgo: (days) => `De esto hace ${count(days, { one: "# día", many: "# días", other: "# días" })}. ¿Es correcta la fecha?`,
    more: "¿Algo más?",
    moreHint: "Solo si lo ha notado",
    showMore: "Más",
    showLess: "Menos",
    severity: { mild: "leve", moderate: "moderado", severe: "fuerte" },
    chipOn: (name, severity) => `${name}, ${severity}. Toque para cambiar`,
    cycle: "Toque otra vez para moderado, fuerte o para quitarlo.",
    painkiller: "Tomé un calmante",
    check: "Comprobar ahora",
    when: "¿Cuándo fue?",
    whenNow: "Ahora",
    ago: (minutes) => `Hace ${minutes} min`,
    pick: "Elegir una hora",
    pickLabel: "Fecha y hora",
    fromMemory: "De memoria",
    fromMemoryHint: (time) => `Para el control de ${time}. Queda marcado como de memoria.`,
    asleep: "Estaba durmiendo",
    cannot: "Ahora no puedo responder",
    save: "Guardar",
    saveChanges: "Guardar cambios",
    safe: "Funciona sin conexión. Se guarda aquí.",
    choose: "Primero elija un número.",
    future: "Esa hora aún no ha llegado. Elija una anterior.",
    badTime: "Elija una fecha y una hora.",
    draft: (time) => `Empezó esto a las ${time}. Todavía no está guardado.`,
    startAgain: "Empezar de nuevo",
    keptHidden: "El valor guardado sigue oculto por ahora. Elija un número solo para cambiarlo.",
    failed: "No se pudo guardar. Toque Guardar otra vez.",
    full: "Este teléfono no tiene espacio libre. Libere espacio y toque Guardar otra vez.",
  },

  effects: {
    injection_site_pain: "Dolor donde se puso",
    increased_radicular_pain: (site) => (site === "trunk" ? "Más dolor que antes" : `Más dolor de ${SITES[site]}`),
    increased_spinal_pain: (region) => (region === "cervical" ? "Más dolor de cuello" : "Más dolor de espalda"),
    lightheadedness: "Mareo",
    nausea: "Náuseas",
    vomiting: "Vómitos",
    headache: "Dolor de cabeza",
    flushing: "Sofocos",
    poor_sleep: "Dormir mal",
    raised_blood_sugar: "Azúcar alto",
    itching: "Picor",
    other: "Otra cosa",
  },

  saved: {
    title: "Guardado",
    onPhone: "Aún no enviado. Está seguro en este teléfono.",
    undone: "Deshecho. No se ha perdido nada: sus respuestas están otra vez en el formulario.",
  },

  flags: {
    button: "Algo no va bien",
    buttonGo: "Comprobar",
    title: "¿Qué nota?",
    call: (number) => `Llamar al ${number}`,
    callClinic: (name) => `Llamar a ${name}`,
    noNumber: "Llame al número de emergencias de su país.",
    noClinicNumber: "Llame a su clínica. El número está en sus papeles.",
    notTold: "Su clínica NO lo sabe todavía. Llame ahora.",
  },

  enrol: {
    title: "Conectar este teléfono",
    intro: "Su clínica le lee un código de 6 cifras. No está en el mensaje ni en la pantalla con el enlace.",
    code: "Código de 6 cifras",
    connect: "Conectar",
    connecting: "Conectando",
    inert: "No se envía nada antes de que toque Conectar.",
    again: "Este teléfono ya tiene un diario. Siga solo si el enlace es para la misma persona.",
    shortCode: "El código tiene 6 cifras.",
    unreachable: "Su clínica no responde. Mire su conexión y toque Conectar otra vez. El mismo código sigue valiendo.",
    problems: {
      "enrolment-unknown": "Este enlace no funciona. Pida uno nuevo a su clínica.",
      "enrolment-code-wrong": "Este código no es correcto. Pida a su clínica que lo lea otra vez.",
      "enrolment-dead": "El código falló demasiadas veces. Pida un enlace nuevo.",
      "enrolment-expired": "Este enlace es demasiado antiguo. Pida uno nuevo.",
      "enrolment-used": "Este enlace ya se usó. Llame a su clínica para pedir uno nuevo.",
      "too-many-attempts": "Demasiados intentos. Espere un minuto y toque Conectar otra vez.",
      "rate-limited": "Demasiados intentos. Espere un minuto y toque Conectar otra vez.",
    },
    otherProblem: "Esto no funcionó. Toque Conectar otra vez o llame a su clínica.",
    attempts: (n) => count(n, { one: "Queda # intento.", many: "Quedan # intentos.", other: "Quedan # intentos." }),
  },

  welcome: {
    title: "Bienvenido a Afterblock",
    text: "Este es su diario después de la inyección. Para empezar, abra en este teléfono el enlace de su clínica, o apunte con la cámara al código que le muestren.",
    signedOut: "Este teléfono ha cerrado la sesión. Su diario se borró de él.",
    recovering: "El navegador de este teléfono ha vaciado la aplicación. Su diario vuelve en cuanto haya conexión.",
    paste: "¿Ha copiado un enlace? Péguelo aquí.",
    pasteGo: "Continuar",
    pasteBad: "Este no es un enlace de su clínica.",
    leaving: "Su clínica aún no lo sabe. Abra esta aplicación otra vez con conexión.",
  },

  problem: {
    title: "No se pudo abrir el diario",
    text: "No se ha borrado nada. Cierre esta aplicación y ábrala otra vez. Si sigue igual, llame a su clínica.",
    retry: "Intentar otra vez",
    waiting: "Esta parte necesita conexión la primera vez. Se intenta otra vez por sí solo.",
    urgent: "Si es urgente, llame ahora.",
    copy: "Guardar una copia de lo no enviado",
    notFound: "Esta página no existe.",
    home: "Ir a Hoy",
  },
};
