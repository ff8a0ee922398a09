create table doc(a int); grant select on doc to trueup_passes with grant option; set session authorization trueup_passes; grant select on doc to trueup_gets; reset session authorization;
