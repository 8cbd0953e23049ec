// Modelled on documented facts about this family; not recorded from a portal.
var siteInfo = {"projectName": "/EWB-FRONT", "siteGuid": "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"};
