/** Extracts made up after the way banks write them: a header, a few rows, and what each column truly is. */
export interface BankFile {
  name: string;
  header: string;
  rows: readonly string[];
  /** `table.column` and the source column that feeds it; wide ones by their first month. */
  truth: Readonly<Record<string, string>>;
  dates: string;
  decimal: '.' | ',';
}

export const bankFiles: readonly BankFile[] = [
  {
    name: 'Colombia, short upper-case names',
    header:
      'NRO_CTA;NUM_IDENTIF_CLI;TIPO_PER;COD_PROD;FEC_APERT;CUPO_APROB;MON;FEC_CORTE;SDO_CAPITAL;SDO_VENCIDO;DIAS_MORA;VLR_CUOTA;TASA_EA;CIUDAD;TEL_CELULAR;CORREO_ELECTRONICO;ZONA_OFI',
    rows: [
      '4001200;79123456;N;TC;13/04/2019;5.000.000,00;COP;31/01/2025;1.234.567,89;120.000,50;45;210.000,00;28,5;Cali;+57 300 123 4567;a@b.invalid;SUR',
      '4001201;52123457;J;LIB;01/12/2020;8.000.000,00;COP;31/01/2025;734.567,10;0,00;0;310.000,00;24,1;Bogotá;+57 301 123 4567;c@b.invalid;NORTE',
      '4001202;79123458;N;VEH;25/07/2021;20.500.000,00;COP;31/01/2025;15.234.567,00;2.120.000,50;95;810.000,00;18,9;Neiva;+57 302 123 4567;d@b.invalid;SUR',
    ],
    truth: {
      'customers.customer_id': 'NUM_IDENTIF_CLI',
      'customers.customer_type': 'TIPO_PER',
      'accounts.account_id': 'NRO_CTA',
      'accounts.customer_id': 'NUM_IDENTIF_CLI',
      'accounts.product_type': 'COD_PROD',
      'accounts.opened_on': 'FEC_APERT',
      'accounts.currency': 'MON',
      'accounts.credit_limit': 'CUPO_APROB',
      'accounts.rate': 'TASA_EA',
      'snapshots.account_id': 'NRO_CTA',
      'snapshots.as_of': 'FEC_CORTE',
      'snapshots.balance': 'SDO_CAPITAL',
      'snapshots.arrears': 'SDO_VENCIDO',
      'snapshots.days_past_due': 'DIAS_MORA',
      'snapshots.minimum_due': 'VLR_CUOTA',
    },
    dates: 'dmy',
    decimal: ',',
  },
  {
    name: 'Chile, camelCase with accents',
    header:
      'rutCliente,nombreCompleto,nroOperación,tipoProducto,fechaOtorgamiento,montoOriginal,moneda,fechaProceso,saldoInsoluto,montoVencido,díasAtraso,país,sexo',
    rows: [
      '12345678-9,Ana Pérez,OP-1,CONSUMO,2021-03-05,5000000.00,CLP,2025-01-31,1234567.00,0.00,0,CL,F',
      '12345679-7,Luis Soto,OP-2,CONSUMO,2022-05-15,2500000.00,CLP,2025-01-31,934567.00,120000.00,35,CL,M',
      '12345680-0,Eva Díaz,OP-3,HIPOTECARIO,2019-11-25,90000000.00,CLF,2025-01-31,734567.00,0.00,0,CL,F',
    ],
    truth: {
      'customers.customer_id': 'rutCliente',
      'customers.jurisdiction': 'país',
      'customers.sex': 'sexo',
      'accounts.account_id': 'nroOperación',
      'accounts.customer_id': 'rutCliente',
      'accounts.product_type': 'tipoProducto',
      'accounts.opened_on': 'fechaOtorgamiento',
      'accounts.currency': 'moneda',
      'accounts.original_amount': 'montoOriginal',
      'snapshots.account_id': 'nroOperación',
      'snapshots.as_of': 'fechaProceso',
      'snapshots.balance': 'saldoInsoluto',
      'snapshots.arrears': 'montoVencido',
      'snapshots.days_past_due': 'díasAtraso',
    },
    dates: 'iso',
    decimal: '.',
  },
  {
    name: 'Mexico, one column a month',
    header:
      'no_credito|rfc|producto|saldo_ene_2025|saldo_feb_2025|saldo_mar_2025|mora_202501|mora_202502|mora_202503|abono_ene_2025|abono_feb_2025|abono_mar_2025',
    rows: [
      'A-77|XAXX010101000|nomina|1000.50|900.25|800.00|0|0|31|100.25|100.25|0.00',
      'A-78|XEXX010101000|tarjeta|500.00|500.00|500.00|61|92|120|0.00|0.00|0.00',
      'A-79|XEXX010101001|tarjeta|1500.00|1400.00|1300.00|0|0|0|150.00|150.00|150.00',
    ],
    truth: {
      'customers.customer_id': 'rfc',
      'accounts.account_id': 'no_credito',
      'accounts.customer_id': 'rfc',
      'accounts.product_type': 'producto',
      'snapshots.account_id': 'no_credito',
      'snapshots.balance': 'saldo_ene_2025',
      'snapshots.days_past_due': 'mora_202501',
      'payments.account_id': 'no_credito',
      'payments.amount': 'abono_ene_2025',
    },
    dates: 'iso',
    decimal: '.',
  },
  {
    name: 'English, core banking',
    header:
      'AcctNbr,CustID,CustType,ProductCd,OpenDt,CreditLimit,Ccy,AsOfDate,CurrBal,PastDueAmt,DPD,MinPmtDue,IntRate,ChargeOffDt,BranchCode,Email',
    rows: [
      '100045001,C1,INDIVIDUAL,CC,01/25/2019,5000.00,USD,01/31/2025,1250.75,50.00,15,35.00,19.99,,B1,x@y.invalid',
      '100045002,C2,BUSINESS,LOC,11/05/2020,25000.00,USD,01/31/2025,9250.00,0.00,0,250.00,9.50,,B2,z@y.invalid',
      '100045003,C3,INDIVIDUAL,CC,07/30/2015,3000.00,USD,01/31/2025,0.00,0.00,0,0.00,21.99,12/15/2024,B1,w@y.invalid',
    ],
    truth: {
      'customers.customer_id': 'CustID',
      'customers.customer_type': 'CustType',
      'accounts.account_id': 'AcctNbr',
      'accounts.customer_id': 'CustID',
      'accounts.product_type': 'ProductCd',
      'accounts.opened_on': 'OpenDt',
      'accounts.currency': 'Ccy',
      'accounts.credit_limit': 'CreditLimit',
      'accounts.rate': 'IntRate',
      'accounts.charged_off_on': 'ChargeOffDt',
      'snapshots.account_id': 'AcctNbr',
      'snapshots.as_of': 'AsOfDate',
      'snapshots.balance': 'CurrBal',
      'snapshots.arrears': 'PastDueAmt',
      'snapshots.days_past_due': 'DPD',
      'snapshots.minimum_due': 'MinPmtDue',
    },
    dates: 'mdy',
    decimal: '.',
  },
  {
    name: 'Peru, payments',
    header: 'nro_comprobante;num_prestamo;fch_pago;imp_pagado;medio_pago;extornado;agencia_recaudo',
    rows: [
      'R-001;PR-10;05/01/2025;350,50;VENTANILLA;NO;Lima',
      'R-002;PR-11;18/01/2025;1.200,00;APP;NO;Cusco',
      'R-003;PR-10;29/01/2025;75,25;APP;SI;Lima',
    ],
    truth: {
      'payments.payment_id': 'nro_comprobante',
      'payments.account_id': 'num_prestamo',
      'payments.paid_at': 'fch_pago',
      'payments.amount': 'imp_pagado',
      'payments.method': 'medio_pago',
    },
    dates: 'dmy',
    decimal: ',',
  },
  {
    name: 'English, promises to pay',
    header: 'promise_id,loan_number,promise_date,promise_due_date,promised_amount,kept,collector_name',
    rows: [
      'P1,L-100,2025-01-05,2025-01-15,120.00,yes,Sam',
      'P2,L-101,2025-01-06,2025-01-20,80.50,no,Kim',
      'P3,L-102,2025-01-07,2025-01-31,45.00,yes,Sam',
    ],
    truth: {
      'promises.promise_id': 'promise_id',
      'promises.account_id': 'loan_number',
      'promises.made_at': 'promise_date',
      'promises.due_on': 'promise_due_date',
      'promises.amount': 'promised_amount',
      'promises.kept': 'kept',
    },
    dates: 'iso',
    decimal: '.',
  },
];
