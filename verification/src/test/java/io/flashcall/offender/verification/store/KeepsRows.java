package io.flashcall.offender.verification.store;

import java.sql.Connection;

record KeepsRows(Connection connection) {}
