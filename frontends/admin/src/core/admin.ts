/** The admin's page of this computer. It keeps who works here, and nothing else. */
import { Disk } from "../../../shared/office/disk.js";
import { useOffice } from "../../../shared/office/hooks.js";
import { Office, type OfficeState } from "../../../shared/office/office.js";
import { t } from "../messages/index.js";

export const admin = new Office("admin", t, new Disk("integration-journal-admin"), { me: null, needsFactor: false });

export const useAdmin = (): OfficeState => useOffice(admin);
