create table doc(a int); grant select on doc to trueup_passes with grant option; grant select on doc to trueup_third;
