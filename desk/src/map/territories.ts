// Where the lexicon's disputed territories lie, about: a middle and a reach in kilometres, to be hatched on the map.
// These are no borders. Claimants, holder and names come from the lexicon; so does the middle of those that are not in the table.

import type { Territory } from "../api/types";

/** Code, longitude, latitude, reach. */
const TABLE = `
XCRI 34.3 45.2 120
XDON 38.4 48.3 140
XZAP 35.8 47.2 90
XKHS 33.4 46.6 80
XKSV 20.9 42.6 60
XTRN 29.5 47.2 60
XABK 41.1 43.0 60
XOSS 44.0 42.3 40
XNKR 46.7 39.9 60
XNCY 33.5 35.3 40
XAEG 25.8 37.6 150
XIMI 27.1 37.1 25
XGIB -5.35 36.1 25
XCEU -4.2 35.6 60
XOLI -7.1 38.7 25
XROC -13.7 57.6 25
XNIR -6.7 54.6 70
XGRL -42 72 600
XHAN -66.5 80.8 25
XGOL 35.8 33.0 25
XWBK 35.25 32.0 45
XJER 35.25 31.78 12
XGAZ 34.4 31.4 20
XSHB 35.7 33.3 12
XSLB 35.4 33.3 25
XABU 55.1 25.9 30
XSHA 48.3 30.4 25
XKHO 48.1 29.9 25
XHAT 36.2 36.4 40
XKIR 44.4 35.5 60
XHAW 50.8 25.7 20
XWSA -13.5 24.4 330
XABY 28.6 9.7 60
XHAL 35.4 22.3 90
XFAS 36.1 13.9 60
XILE 35.2 5.0 70
XMIG 33.9 -0.9 15
XBAD 37.9 14.7 20
XDOU 43.1 12.7 20
XHNS 42.8 13.7 25
XOGA 44.0 6.8 240
XSLN 46.4 9.6 220
XLAM 34.5 -11.0 100
XBAK 8.7 4.8 35
XMBN 9.3 0.8 20
XAOU 18.0 22.6 220
XMAY 45.15 -12.8 30
XSCA 47.3 -11.5 40
XTRO 54.5 -15.9 20
XCHA 72.0 -6.3 120
XKAS 75.2 33.9 150
XAZK 73.8 34.3 60
XAKS 79.2 35.2 120
XSHK 76.6 36.1 50
XLAD 77.6 34.2 110
XARU 94.5 28.0 170
XSIA 77.1 35.5 35
XSIR 68.6 23.7 25
XJUN 70.4 21.5 40
XDOK 89.0 27.3 20
XKAL 80.8 30.2 25
XKAC 79.5 9.4 15
XFER 71.2 40.1 50
XKUR 146.7 44.2 120
XSAK 142.7 47.8 150
XSEN 123.5 25.75 40
XLIA 131.87 37.24 30
XOKT 136.1 20.4 30
XSUY 125.2 32.1 25
XNLL 125.2 37.7 50
XKIN 118.9 25.2 80
XTWN 120.9 23.7 190
XSPR 114.0 9.8 320
XPAR 112.0 16.5 120
XSCB 117.75 15.15 40
XSCS 114.5 13.0 700
XNAT 108.5 5.2 180
XSAB 117.0 5.3 180
XAMB 118.3 3.5 50
XPED 104.4 1.33 15
XPRV 104.68 14.4 20
XKKU 102.6 11.7 20
XDAO 104.0 10.2 30
XTIM 126.3 -10.3 150
XTMR 124.4 -9.3 30
XESS -59.3 5.6 230
XTGR -56.5 3.7 60
XMAR -54.2 3.0 60
XFLK -59.4 -51.8 130
XSPF -73.4 -49.5 130
XBEL -67.2 -55.0 50
XATA -69.5 -23.5 150
XSTA -70.1 -4.2 15
XCEN -78.3 -3.5 40
XBRZ -57.6 -30.2 15
XSAN -81.5 12.9 80
XISL -87.6 13.3 15
XSJO -83.7 10.9 15
XBLZ -88.7 17.1 120
XAVE -63.6 15.7 25
XMON -70.9 12.4 20
XNAV -75.0 18.4 20
XGUN -75.15 19.95 20
XMSE -67.1 44.5 15
XSOI 171.7 -22.4 60
XMIN -179.0 -23.7 40
XWAK 166.6 19.3 30
XCLI -109.2 10.3 30
XSWN -171.1 -11.05 20
`;

interface Reach {
    lon: number;
    lat: number;
    km: number;
}

const REACHES: ReadonlyMap<string, Reach> = new Map(
    TABLE.trim()
        .split("\n")
        .map((line) => {
            const [code, lon, lat, km] = line.split(" ");
            return [code as string, { lon: Number(lon), lat: Number(lat), km: Number(km) }];
        }),
);

const SMALL = 40; // km

/** Where a territory is hatched; nothing where nobody knows. */
export function reachOf({ code, lon, lat }: Territory): Reach | undefined {
    return REACHES.get(code) ?? (lon !== null && lat !== null ? { lon, lat, km: SMALL } : undefined);
}
