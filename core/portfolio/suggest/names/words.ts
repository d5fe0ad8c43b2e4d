/**
 * What the words in column names mean, in Spanish and English and as banks shorten them. A word may mean several
 * things: `credito` is an account in `nro_credito` and part of a limit in `limite_credito`.
 */
const meanings: Record<string, string> = {
  id: 'id ident identificador identificacion identification key clave pk uuid codigo cod code',
  number: 'numero num nro nr no nbr number nmro n ref referencia reference',
  customer:
    'cliente clientes cli clte customer cust client titular deudor debtor borrower holder user usuario tercero abonado member socio asociado suscriptor subscriber',
  document:
    'cedula ced nit rut dni ruc curp rfc cpf cnpj cuit cuil pasaporte passport ssn documento doc document nif nie identificacion',
  account:
    'cuenta cuentas cta ctas account accounts acct acc obligacion oblig obl credito cred prestamo ptmo loan contrato contract pagare tarjeta card invoice factura operacion oper linea servicio lease poliza facility',
  loan: 'loan prestamo credito cred ptmo pagare',
  card: 'tarjeta card tc tdc plastico',
  invoice: 'invoice factura inv',
  product: 'producto prod product linea line portafolio portfolio subproducto',
  type: 'tipo type tip clase class kind categoria category',
  person: 'persona person per pers',
  legal: 'juridica naturaleza legal',
  date: 'fecha fec fch fcha fe date dt dia day fh time hora at on timestamp datetime ts fechas',
  cut: 'corte as cut cutoff cierre close closing snapshot foto reporte report proceso process informacion statement observation referencia asof extract extraccion datos data reference proc',
  period: 'periodo period per month mes months meses vigencia anomes yearmonth yyyymm',
  opening:
    'apertura aper apert opening opened open originacion origination origen issue issued emision effective inicio start alta vinculacion activacion',
  grant:
    'desembolso desem disbursement disbursed otorgamiento otorg otorgado grant granted concedido formalizacion funded funding booked concesion',
  since: 'since desde antiguedad vinculacion afiliacion ingreso alta registro joined enrolment signup',
  birth: 'nacimiento nac birth nacim dob natal born',
  year: 'ano anio year yr yob',
  age: 'edad age',
  sex: 'sexo sex genero gender',
  education: 'educacion education estudios escolaridad educativo estudio schooling',
  level: 'nivel level grado',
  marital: 'civil marital marriage matrimonial conyugal',
  status: 'estado status situacion state stat est condicion',
  country: 'pais country jurisdiccion jurisdiction nacion nation paises',
  zone: 'zona zone huso timezone tz',
  time: 'horaria time horario hora',
  language: 'idioma language lang lengua',
  currency: 'moneda mon divisa currency ccy curr cur mda iso4217',
  limit: 'cupo limite limit lim linea tope line',
  credit: 'credito credit cred',
  original: 'original orig inicial initial origen',
  amount: 'monto mto importe imp amount amt valor vlr val value cantidad vr impte mnt',
  principal: 'capital cap principal kapital k',
  balance:
    'saldo sdo sld balance bal adeudado outstanding deuda debt owed owing exposicion exposure saldos bill billed facturado',
  bill: 'bill billed facturado statement facturacion',
  overdue:
    'vencido venc vda vencida overdue arrears atrasado impago impagado pastdue delinquent exigible moroso vdo',
  late: 'mora moras atraso atrasos retraso late delay delinquency delinq dpd altura vencimiento overdue past',
  dpd: 'dpd diasmora dias_mora',
  days: 'dias dia days day ds nrodias',
  due: 'vencimiento vto venc due vcto exigibilidad vence',
  minimum: 'minimo min minimum',
  instalment: 'cuota cuotas cta_mes instalment installment emi mensualidad letra ctas',
  payment:
    'pago pagos pgo pag payment payments pay pmt abono abonos recaudo receipt recibo cobro consignacion remesa',
  paid: 'pagado pagada paid pagados abonado recaudado settled cancelado recibido collected received',
  transaction: 'transaccion transaction trx txn tx mov movimiento comprobante recibo receipt',
  method: 'medio metodo method forma canal via channel means',
  reversed: 'reversado reverso reversed reversal devuelto devolucion anulado rechazado returned bounced',
  rate: 'tasa rate interes interest tna tea apr tem int',
  annual: 'anual annual efectiva nominal ea ta yearly effective apr tea',
  monthly: 'mensual monthly mv',
  secured: 'garantia garantizado secured collateral guarantee guaranteed colateral respaldo',
  chargeoff:
    'castigo castigado castigada chargeoff writeoff chargedoff quebranto castigos charge charged written',
  email: 'correo email mail e_mail emailaddress electronico',
  phone: 'telefono tel telef fono phone celular cel movil mobile whatsapp wsp sms tlf cellphone msisdn fijo',
  address: 'direccion dir address domicilio street calle',
  name: 'nombre nombres nom name apellido apellidos surname fullname razon social lastname firstname nombre1',
  city: 'ciudad city municipio comuna town depto departamento province provincia region estado zip postal codigo_postal zipcode',
  contact:
    'contacto contact contactos gestion gestiones llamada call mensaje message envio comunicacion interaction attempt intento touch',
  channel: 'canal channel medio via',
  sent: 'envio enviado sent send enviada',
  delivered: 'entregado delivered delivery entrega entregada recibido',
  opened: 'abierto opened leido read apertura',
  clicked: 'click clicked clic pulsado',
  replied: 'respondido respuesta replied reply response respondio answered contestado',
  right: 'rpc right directo efectivo titular effective',
  agent: 'agente agent gestor asesor cobrador operador usuario collector ejecutivo advisor',
  cost: 'costo coste cost gasto expense fee tarifa',
  style: 'estilo style tono',
  template: 'plantilla template modelo',
  promise: 'promesa promise promised prometido prometida compromiso ptp acuerdo commitment arreglo',
  made: 'hecha made creada created creacion registro realizada toma',
  kept: 'cumplida cumplido kept cumplimiento honoured honored fulfilled cumple',
  agency: 'agencia agency casa aliado despacho externo tercero abogado proveedor vendor',
  placement:
    'asignacion asignada asignado placement placed entrega entregado entregada assigned assignment colocacion',
  returned: 'retorno devuelta returned retiro return recall retirada',
  complaint: 'queja quejas reclamo complaint pqr pqrs reclamacion peticion',
  topic: 'asunto tema topic motivo subject reason tipologia',
  flag: 'marca flag alerta bloqueo indicador mark block',
  end: 'fin final end hasta ended termino',
  start: 'inicio desde start from started',
  role: 'rol role papel calidad relacion relationship party participacion parentesco',
  adjustment: 'ajuste adjustment nota correccion refinanciacion restructuring reestructuracion condonacion',
  expected: 'expected esperado esperada proyectado forecast predicted',
  actual: 'actual real',
};

/** Words that add nothing to a name. */
const fillers = new Set(
  'de del la el los las lo un y en a of the in for to x total tot actual act current curr ult ultimo ultima last mes month tbl t src d f v txt str fld col campo field dato k cartera bco banco bank hoy today vigente al c s ultim off'.split(
    ' ',
  ),
);

const byWord = new Map<string, Set<string>>();
for (const [meaning, words] of Object.entries(meanings))
  for (const word of words.split(' ')) {
    const known = byWord.get(word) ?? new Set();
    known.add(meaning);
    byWord.set(word, known);
  }

export const meaningsOf = (word: string): ReadonlySet<string> => byWord.get(word) ?? none;
export const isFiller = (word: string): boolean => fillers.has(word);
const none: ReadonlySet<string> = new Set();

/** Text without accents and in small letters. */
export const plainText = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase();

const pieces = (name: string): string[] =>
  name
    .replaceAll(/([a-záéíóúñ0-9])([A-ZÁÉÍÓÚÑ])/g, '$1 $2')
    .replaceAll(/([A-ZÁÉÍÓÚÑ]+)([A-ZÁÉÍÓÚÑ][a-záéíóúñ])/g, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((piece) => plainText(piece).match(/[a-z]+|\d+/g) ?? []);

/** The known words a run-together word is made of (`diasmora`), or the word itself. */
function splitWord(word: string): string[] {
  if (byWord.has(word) || fillers.has(word) || word.length < 6) return [word];
  const best: (string[] | undefined)[] = [[]];
  for (let end = 1; end <= word.length; end++)
    for (let start = Math.max(0, end - 16); start <= end - 2; start++) {
      const head = best[start];
      const tail = word.slice(start, end);
      const known = tail.length >= 3 ? byWord.has(tail) : ['de', 'id', 'no'].includes(tail);
      if (!head || !known) continue;
      const found = best[end];
      if (!found || head.length + 1 < found.length) best[end] = [...head, tail];
    }
  return best[word.length] ?? [word];
}

/** The words of a column name: camelCase, underscores, accents and run-together words taken apart. */
export const wordsOf = (name: string): string[] => pieces(name).flatMap(splitWord);
