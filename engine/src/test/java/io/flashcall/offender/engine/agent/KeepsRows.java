package io.flashcall.offender.engine.agent;

import java.sql.Connection;

record KeepsRows(Connection database) {}
