create schema ext; create extension hstore schema ext;
