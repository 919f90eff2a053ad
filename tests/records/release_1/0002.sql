PRAGMA application_id = 1397178673;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE chain (
	store_id VARCHAR(32) NOT NULL, 
	count INTEGER NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	PRIMARY KEY (store_id)
);
INSERT INTO "chain" VALUES('ef76516c3a9e7c5a76ee4a7f4822c5be',12,'94ab85c455babdc37292269372eacbc03a8283b226f6518bc0433174b9ea7865');
CREATE TABLE days (
	day VARCHAR(10) NOT NULL, 
	first INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	PRIMARY KEY (day)
);
INSERT INTO "days" VALUES('2026-02-14',5,5);
INSERT INTO "days" VALUES('2026-02-15',6,6);
INSERT INTO "days" VALUES('2026-02-16',7,7);
INSERT INTO "days" VALUES('2026-02-17',8,8);
INSERT INTO "days" VALUES('2026-02-18',9,9);
INSERT INTO "days" VALUES('2026-02-19',11,11);
INSERT INTO "days" VALUES('2026-02-20',12,12);
CREATE TABLE entries (
	seq INTEGER NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	of_id VARCHAR(32), 
	at VARCHAR(32), 
	day VARCHAR(10), 
	outcome TEXT, 
	recommended TEXT, 
	certainty TEXT, 
	chosen TEXT, 
	overridden INTEGER, 
	reason_code TEXT, 
	shelf INTEGER, 
	content TEXT, 
	salt VARCHAR(32), 
	content_hash VARCHAR(64) NOT NULL, 
	previous VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (id), 
	UNIQUE (of_id)
);
INSERT INTO "entries" VALUES(1,'00000000000000000000000000000001','erased',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'c60c65051a6e2cc1549adaff27f27634ba626f00ec71cd900c1c550ec622abb1','0000000000000000000000000000000000000000000000000000000000000000','c791c92076c4ada7fd12924d47d364b87a7d740268613ca20b15ddd5386b32da');
INSERT INTO "entries" VALUES(2,'00000000000000000000000000000002','erased',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'70e244ea7550823a654c648d8eab416d72adfb80f88900d607407938ed39f7dd','c791c92076c4ada7fd12924d47d364b87a7d740268613ca20b15ddd5386b32da','fa18583004cbb9aa278ff61dd7fab05e5c43988158ab31121827ba449881e587');
INSERT INTO "entries" VALUES(3,'00000000000000000000000000000003','erased',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'c4b797db403768978bfe98736b2bf90b0f37471f2e5354885985d28fe50d14d4','fa18583004cbb9aa278ff61dd7fab05e5c43988158ab31121827ba449881e587','ad2dccb479f43ea296eb3dea82650750b5c902ba1729fdd49477ff5d2077809a');
INSERT INTO "entries" VALUES(4,'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','erasure',NULL,'2026-02-01T15:00:00.000000+00:00','2026-02-01',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"before":"2026-01-20","day":"2026-02-01","erased":[[1,3]],"id":"eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee","kind":"erasure","when":"2026-02-01T15:00:00.000000+00:00"}','d770443035eed139b09f785919e59124','8a11fb696e340002c39ef7053e87c913713297dfa975296728b2fdf2f15d8a4b','ad2dccb479f43ea296eb3dea82650750b5c902ba1729fdd49477ff5d2077809a','5b257d7a9448b4a3226fc96df0fb88f0716e9e845a50608648c1aac7ca4c1965');
INSERT INTO "entries" VALUES(5,'00000000000000000000000000000004','choice',NULL,'2026-02-14T15:00:00.000000+00:00','2026-02-14','reunification_settled','reunification','settled','reunification',0,NULL,1,'{"answers":[["investigation","none"],["case_plan","developed"],["goal","return_home"]],"case_number":"0012345678901234567890","certainty":"settled","chosen":"reunification","content_version":"1","day":"2026-02-14","id":"00000000000000000000000000000004","kind":"choice","meaning_hash":"69a5a5c3d4a916b9ca4a56f468daac9848ecb661cf2496a3d422ab79cac086da","outcome":"reunification_settled","raw_hash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","recommended":"reunification","service":"Family counseling","when":"2026-02-14T15:00:00.000000+00:00","whom":"child 1"}','0fd3c9bd7e5956a21cb65242ae7007b8','fc60747886ae9b0cbbd3bd4857424187b1345d98e0918f82a0fdee4eb602035a','5b257d7a9448b4a3226fc96df0fb88f0716e9e845a50608648c1aac7ca4c1965','2a89bc9efb5fe9f15b1753f332fabcfa0934b290158dfa29eaf7980997226618');
INSERT INTO "entries" VALUES(6,'00000000000000000000000000000005','choice',NULL,'2026-02-15T15:00:00.000000+00:00','2026-02-15','reunification_settled','reunification','settled','preventive',1,'family',2,'{"answers":[["investigation","none"],["case_plan","developed"],["goal","return_home"]],"case_number":"0012345678901234567890","certainty":"settled","chosen":"preventive","content_version":"1","day":"2026-02-15","id":"00000000000000000000000000000005","kind":"choice","meaning_hash":"69a5a5c3d4a916b9ca4a56f468daac9848ecb661cf2496a3d422ab79cac086da","outcome":"reunification_settled","raw_hash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","reason":"our supervisor''s rule","reason_code":"family","recommended":"reunification","service":"Family counseling","when":"2026-02-15T15:00:00.000000+00:00","whom":"child 2"}','18a7060c6ac349f7b270bc99509b48b8','5b9a4aa1c822e148f0bccbb47835699b9ebed580e2304704e97745d39ca01dfd','2a89bc9efb5fe9f15b1753f332fabcfa0934b290158dfa29eaf7980997226618','fa5f921cb234e71fcd5e9daec85a868cf3cab1e4845dba90c4e4b3361b6e9a6e');
INSERT INTO "entries" VALUES(7,'00000000000000000000000000000006','choice',NULL,'2026-02-16T15:00:00.000000+00:00','2026-02-16','reunification_settled','reunification','settled','reunification',0,NULL,NULL,'{"answers":[["investigation","none"],["case_plan","developed"],["goal","return_home"]],"case_number":"0012345678901234567890","category":"Counseling","certainty":"settled","chosen":"reunification","content_version":"1","day":"2026-02-16","id":"00000000000000000000000000000006","kind":"choice","linked":true,"meaning_hash":"69a5a5c3d4a916b9ca4a56f468daac9848ecb661cf2496a3d422ab79cac086da","outcome":"reunification_settled","provider":"Blue Heron","raw_hash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","recommended":"reunification","service":"Mentoring","service_type":"Group","status":"planned","when":"2026-02-16T15:00:00.000000+00:00","whom":"child 1"}','3289f96ea822e525632df54f702be5e3','c17e58c22236c32f9e2a83d0433b7acc022206805d3f49aa0b86d7edf3c18698','fa5f921cb234e71fcd5e9daec85a868cf3cab1e4845dba90c4e4b3361b6e9a6e','8eda72829ae623724fa7524e0978908affd4401f666a09d323282f517e1368d2');
INSERT INTO "entries" VALUES(8,'00000000000000000000000000000007','correction','00000000000000000000000000000006','2026-02-17T15:00:00.000000+00:00','2026-02-17','reunification_settled','reunification','settled','adoption',1,NULL,3,'{"answers":[["investigation","none"],["case_plan","developed"],["goal","return_home"]],"begun":"2026-02-20","case_number":"0012345678901234567890","certainty":"settled","chosen":"adoption","content_version":"1","corrects":"00000000000000000000000000000006","day":"2026-02-17","id":"00000000000000000000000000000007","kind":"correction","meaning_hash":"69a5a5c3d4a916b9ca4a56f468daac9848ecb661cf2496a3d422ab79cac086da","outcome":"reunification_settled","raw_hash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","reason":"moved","recommended":"reunification","service":"Mentoring","status":"provided","when":"2026-02-17T15:00:00.000000+00:00","whom":"child 1","why":"the goal was another"}','07c385de16b0a379643e832688eee8f0','4a3357fc61cecdc8e3e4092da3b7e4d7442042a565d076792a005528a2f23113','8eda72829ae623724fa7524e0978908affd4401f666a09d323282f517e1368d2','081221f766704ca62c6e76d23720129f5312bbce86cbb1045977d3c2f605f5bd');
INSERT INTO "entries" VALUES(9,'00000000000000000000000000000008','choice',NULL,'2026-02-18T15:00:00.000000+00:00','2026-02-18',NULL,NULL,'refer',NULL,NULL,NULL,5,'{"answers":[["goal","unsure"]],"case_number":"0012345678901234567890","certainty":"refer","content_version":"1","day":"2026-02-18","id":"00000000000000000000000000000008","kind":"choice","meaning_hash":"69a5a5c3d4a916b9ca4a56f468daac9848ecb661cf2496a3d422ab79cac086da","raw_hash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","service":"Respite","when":"2026-02-18T15:00:00.000000+00:00","whom":"child 1"}','fc2e85d465cd69596a68b0f05b2507bb','4f508cc6675988bd1a1c8d1469321653986e267d32ec9ba879e2f40b22209715','081221f766704ca62c6e76d23720129f5312bbce86cbb1045977d3c2f605f5bd','ceed515f4593bdbdb1be01c64669527bfdc6267eded515ee20924ea0bdee4936');
INSERT INTO "entries" VALUES(10,'00000000000000000000000000000009','withdrawal','00000000000000000000000000000008','2026-03-01T15:00:00.000000+00:00','2026-03-01',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"day":"2026-03-01","id":"00000000000000000000000000000009","kind":"withdrawal","when":"2026-03-01T15:00:00.000000+00:00","why":"recorded twice","withdraws":"00000000000000000000000000000008"}','671cf893c3a5dfb76985525530bac756','1a6d9af0c6ac2ff63fe5c536882c9f93af028ec8c231c604c1b7564361cbd3d0','ceed515f4593bdbdb1be01c64669527bfdc6267eded515ee20924ea0bdee4936','2a232731903757fb7b2059efe2fa4bc2655e55e61c634a18b6805ff554314518');
INSERT INTO "entries" VALUES(11,'0000000000000000000000000000000a','choice',NULL,'2026-02-19T15:00:00.000000+00:00','2026-02-19','reunification_settled','reunification','judgment','reunification',0,NULL,6,'{"answers":[["investigation","none"],["case_plan","developed"],["goal","return_home"]],"assumed":["goal"],"case_number":"0012345678901234567890","certainty":"judgment","chosen":"reunification","content_version":"1","day":"2026-02-19","id":"0000000000000000000000000000000a","kind":"choice","meaning_hash":"69a5a5c3d4a916b9ca4a56f468daac9848ecb661cf2496a3d422ab79cac086da","outcome":"reunification_settled","raw_hash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","reason":"\u2167 \ufb01","recommended":"reunification","service":"quoted \"word\"","when":"2026-02-19T15:00:00.000000+00:00","whom":"\u0130pek; \u00df"}','c44ad2292692588414a41dd8b8f70666','2fcda8e6d31f2659d6c19cb1ed5e287261bc32bd33a5bbcc1ad4848c3ffc4a74','2a232731903757fb7b2059efe2fa4bc2655e55e61c634a18b6805ff554314518','21b73ae8d530785685d256b2fd55d24d118dbfb19e04945fe9cc82a0f6b4fa37');
INSERT INTO "entries" VALUES(12,'0000000000000000000000000000000b','choice',NULL,'2026-02-20T15:00:00.000000+00:00','2026-02-20',NULL,NULL,'depends',NULL,NULL,NULL,7,'{"answers":[["investigation","none"],["case_plan","developed"],["goal","return_home"]],"case_number":"0012345678901234567890","certainty":"depends","content_version":"1","day":"2026-02-20","id":"0000000000000000000000000000000b","kind":"choice","meaning_hash":"69a5a5c3d4a916b9ca4a56f468daac9848ecb661cf2496a3d422ab79cac086da","raw_hash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","reason":"left to the supervisor","service":"Family counseling","when":"2026-02-20T15:00:00.000000+00:00","whom":"child 1"}','cef68e7f65570189b14a67abb34e53a9','9f8eafad7b7ac9f99fc30ec03c52b3b1714260f3af1df4816afc9d477f5bd3fc','21b73ae8d530785685d256b2fd55d24d118dbfb19e04945fe9cc82a0f6b4fa37','94ab85c455babdc37292269372eacbc03a8283b226f6518bc0433174b9ea7865');
CREATE TABLE rules (
	meaning_hash VARCHAR(64) NOT NULL, 
	decision TEXT NOT NULL, 
	PRIMARY KEY (meaning_hash)
);
INSERT INTO "rules" VALUES('69a5a5c3d4a916b9ca4a56f468daac9848ecb661cf2496a3d422ab79cac086da','{"facts":{}}');
CREATE TABLE shelves (
	shelf INTEGER NOT NULL, 
	chosen TEXT, 
	certainty TEXT NOT NULL, 
	overridden INTEGER, 
	withdrawn INTEGER NOT NULL, 
	PRIMARY KEY (shelf)
);
INSERT INTO "shelves" VALUES(1,'reunification','settled',0,0);
INSERT INTO "shelves" VALUES(2,'preventive','settled',1,0);
INSERT INTO "shelves" VALUES(3,'adoption','settled',1,0);
INSERT INTO "shelves" VALUES(4,NULL,'refer',NULL,0);
INSERT INTO "shelves" VALUES(5,NULL,'refer',NULL,1);
INSERT INTO "shelves" VALUES(6,'reunification','judgment',0,0);
INSERT INTO "shelves" VALUES(7,NULL,'depends',NULL,0);
CREATE TABLE words (
	word VARCHAR(64) NOT NULL, 
	shelf INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	PRIMARY KEY (word, shelf, seq)
)
 WITHOUT ROWID

;
INSERT INTO "words" VALUES('0012345678901234567890',1,5);
INSERT INTO "words" VALUES('1',1,5);
INSERT INTO "words" VALUES('child',1,5);
INSERT INTO "words" VALUES('counseling',1,5);
INSERT INTO "words" VALUES('family',1,5);
INSERT INTO "words" VALUES('0012345678901234567890',2,6);
INSERT INTO "words" VALUES('2',2,6);
INSERT INTO "words" VALUES('child',2,6);
INSERT INTO "words" VALUES('counseling',2,6);
INSERT INTO "words" VALUES('family',2,6);
INSERT INTO "words" VALUES('our',2,6);
INSERT INTO "words" VALUES('rule',2,6);
INSERT INTO "words" VALUES('s',2,6);
INSERT INTO "words" VALUES('supervisor',2,6);
INSERT INTO "words" VALUES('0012345678901234567890',3,8);
INSERT INTO "words" VALUES('1',3,8);
INSERT INTO "words" VALUES('another',3,8);
INSERT INTO "words" VALUES('child',3,8);
INSERT INTO "words" VALUES('goal',3,8);
INSERT INTO "words" VALUES('mentoring',3,8);
INSERT INTO "words" VALUES('moved',3,8);
INSERT INTO "words" VALUES('the',3,8);
INSERT INTO "words" VALUES('was',3,8);
INSERT INTO "words" VALUES('0012345678901234567890',5,9);
INSERT INTO "words" VALUES('1',5,9);
INSERT INTO "words" VALUES('child',5,9);
INSERT INTO "words" VALUES('respite',5,9);
INSERT INTO "words" VALUES('0012345678901234567890',6,11);
INSERT INTO "words" VALUES('fi',6,11);
INSERT INTO "words" VALUES('i',6,11);
INSERT INTO "words" VALUES('pek',6,11);
INSERT INTO "words" VALUES('quoted',6,11);
INSERT INTO "words" VALUES('ss',6,11);
INSERT INTO "words" VALUES('word',6,11);
INSERT INTO "words" VALUES('ⅷ',6,11);
INSERT INTO "words" VALUES('0012345678901234567890',7,12);
INSERT INTO "words" VALUES('1',7,12);
INSERT INTO "words" VALUES('child',7,12);
INSERT INTO "words" VALUES('counseling',7,12);
INSERT INTO "words" VALUES('family',7,12);
INSERT INTO "words" VALUES('left',7,12);
INSERT INTO "words" VALUES('supervisor',7,12);
INSERT INTO "words" VALUES('the',7,12);
INSERT INTO "words" VALUES('to',7,12);
CREATE INDEX entries_that_erase ON entries (seq) WHERE kind = 'erasure';
CREATE INDEX entries_by_shelf ON entries (shelf, seq, day);
CREATE INDEX words_by_seq ON words (seq);
COMMIT;
