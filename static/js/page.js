// The small things that every page does. Each works on marks in the HTML, and each page works without them.
import { focusSummary } from "./summary.js";
import { sendOnce } from "./send_once.js";
import { copyButtons } from "./copy.js";
import { aloneChoices } from "./alone.js";
import { keyboard } from "./keyboard.js";
import { evidence } from "./evidence.js";

focusSummary();
sendOnce();
copyButtons();
aloneChoices();
keyboard();
evidence();
