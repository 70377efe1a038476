package com.hotdash.ops.runbook;

/**
 * One variable of the environment that configures the runbook.
 *
 * @param name the variable
 * @param purpose what it is for, with its default
 * @param secret whether its value holds a credential
 */
public record Setting(String name, String purpose, boolean secret) {}
