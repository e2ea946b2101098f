/** Banks' answers as banks write them. */

export interface Line {
  readonly name: string;
  readonly status: string;
  readonly code?: string;
  readonly amount?: string;
}

export function pain002(lines: readonly Line[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>STS-1</MsgId><CreDtTm>2026-11-05T10:00:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>PAY-1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>PAY-1-1</OrgnlPmtInfId>${lines
    .map(
      ({ name, status, code, amount }) =>
        `<TxInfAndSts><OrgnlEndToEndId>${name}</OrgnlEndToEndId><TxSts>${status}</TxSts>${
          code ? `<StsRsnInf><Rsn><Cd>${code}</Cd></Rsn><AddtlInf>as told</AddtlInf></StsRsnInf>` : ''
        }${amount ? `<OrgnlTxRef><Amt><InstdAmt Ccy="CNY">${amount}</InstdAmt></Amt></OrgnlTxRef>` : ''}</TxInfAndSts>`,
    )
    .join('')}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`;
}

export function camt054(lines: readonly (Line & { readonly back: boolean })[]): string {
  return `<?xml version="1.0"?><ns:Document xmlns:ns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><ns:BkToCstmrDbtCdtNtfctn><ns:Ntfctn>${lines
    .map(
      ({ name, status, code, amount, back }) =>
        `<ns:Ntry><ns:Amt Ccy="CNY">${amount}</ns:Amt><ns:CdtDbtInd>${back ? 'CRDT' : 'DBIT'}</ns:CdtDbtInd><ns:Sts><ns:Cd>${status}</ns:Cd></ns:Sts><ns:NtryDtls><ns:TxDtls><ns:Refs><ns:EndToEndId>${name}</ns:EndToEndId></ns:Refs><ns:Amt Ccy="CNY">${amount}</ns:Amt>${
          back ? `<ns:RtrInf><ns:Rsn><ns:Cd>${code}</ns:Cd></ns:Rsn></ns:RtrInf>` : ''
        }</ns:TxDtls></ns:NtryDtls></ns:Ntry>`,
    )
    .join('')}</ns:Ntfctn></ns:BkToCstmrDbtCdtNtfctn></ns:Document>`;
}

/** A file of returns as an ODFI sends it: file and batch heads, an entry and its addenda 99 each, controls, nines. */
export function nachaReturns(lines: readonly { name: string; code: string; cents: number }[]): string {
  const record94 = (text: string) => text.padEnd(94).slice(0, 94);
  const entries = lines.flatMap(({ name, code, cents }, index) => [
    record94(
      `62102100002112345678         ${String(cents).padStart(10, '0')}${name.padEnd(15)}${'MARIA NUNEZ'.padEnd(22)}  1021000020000${String(index).padStart(3, '0')}`,
    ),
    record94(`799${code}0210000200000010      02100002${''.padEnd(44)}021000020000001`),
  ]);
  const records = [
    record94('101 021000021 0764012512611051000A094101BANK'),
    record94('5220HARBOUR'),
    ...entries,
    record94('8220'),
    record94('9000001'),
  ];
  while (records.length % 10 !== 0) records.push('9'.repeat(94));
  return `${records.join('\r\n')}\r\n`;
}
